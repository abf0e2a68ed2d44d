namespace Magsag.Gating.Verdicts;

/// <summary>What a front end knows of the project whose recorded costs are to be judged.</summary>
internal sealed record ProjectGateRequest
{
    /// <summary>The runs directory.</summary>
    public required string RunsDirectory { get; init; }

    /// <summary>The test assembly's name.</summary>
    public required string Assembly { get; init; }

    /// <summary>Its target framework.</summary>
    public string? Framework { get; init; }

    /// <summary>The module version ids of the assemblies under test as they are now.</summary>
    public required IReadOnlyDictionary<string, Guid> Modules { get; init; }

    /// <summary>The assemblies under test, as full paths.</summary>
    public IReadOnlyList<string> AssemblyPaths { get; init; } = [];

    /// <summary>When the tests just finished were started; null when no tests ran and the latest recording counts.</summary>
    public DateTimeOffset? TestsStarted { get; init; }

    /// <summary>The test run just finished, as its hosts were told; null where it has no name.</summary>
    public string? TestRun { get; init; }

    /// <summary>The test host that asks for its own costs; null for any.</summary>
    public Guid? Host { get; init; }

    /// <summary>The baseline file; it need not exist.</summary>
    public required string BaselinePath { get; init; }

    /// <summary>The policy file; null for none.</summary>
    public string? PolicyPath { get; init; }

    /// <summary>The file of own prices (<c>magsag.prices.yaml</c>); null for none.</summary>
    public string? PricesPath { get; init; }

    /// <summary>True to accept what was recorded as the new baseline instead of judging it.</summary>
    public bool UpdateBaseline { get; init; }

    /// <summary>Thresholds and the like. The baseline's path is filled in.</summary>
    public GateSettings Settings { get; init; } = new();
}
