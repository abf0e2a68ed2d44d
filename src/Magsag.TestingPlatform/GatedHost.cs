using Magsag.Gating.Baselines;
using Magsag.Gating.Findings;
using Magsag.Gating.Verdicts;
using Magsag.Ledger.Files;
using Magsag.Runtime;
using Magsag.Yaml;

namespace Magsag.TestingPlatform;

/// <summary>What the build wrote into the test host's <c>runtimeconfig.json</c> for the gate.</summary>
internal sealed record GatedHost
{
    private const string Prefix = "Magsag.Gate.";

    /// <summary>The host of this process; null when its build told it nothing.</summary>
    public static GatedHost? Current { get; } = FromAppContext(RecordingHost.Current, static name => AppContext.GetData(name) as string);

    /// <summary>Why the gate is off; null when it isn't.</summary>
    public static string? WhyOff => AppContext.GetData(Prefix + "Off") as string;

    /// <summary>True when the tests run so far from their project that there is nothing to judge them by.</summary>
    public static bool IsAway => RecordingHost.Current is { TestAssembly: not null, Paths.IsMoved: true } && Current is null;

    public required RecordingHost Recording { get; init; }

    public required string ProjectFile { get; init; }

    public required string BaselinePath { get; init; }

    public string? PolicyPath { get; init; }

    public string? MaxCostIncrease { get; init; }

    public string? MinCostIncreaseUsd { get; init; }

    public string? MissingBaseline { get; init; }

    public string? MissingRecording { get; init; }

    public static GatedHost? FromAppContext(RecordingHost recording, Func<string, string?> read)
    {
        if (recording.TestAssembly is null || Path("ProjectFile") is not { } project || Path("BaselineFile") is not { } baseline)
        {
            return null;
        }

        return new GatedHost
        {
            Recording = recording,
            ProjectFile = project,
            BaselinePath = baseline,
            PolicyPath = Path("PolicyFile"),
            MaxCostIncrease = read(Prefix + "MaxCostIncrease"),
            MinCostIncreaseUsd = read(Prefix + "MinCostIncreaseUsd"),
            MissingBaseline = read(Prefix + "MissingBaseline"),
            MissingRecording = read(Prefix + "MissingRecording"),
        };

        string? Path(string name) => recording.Paths?.Resolve(read(Prefix + name));
    }

    /// <summary>Judges what the tests recorded.</summary>
    /// <param name="started">When the session began.</param>
    /// <param name="partial">True when only some of the tests ran.</param>
    /// <param name="testsThatRan">The tests that ran, by class and method; null when they aren't known.</param>
    /// <param name="update">True to accept the costs as the new baseline.</param>
    public Verdict Judge(DateTimeOffset started, bool partial, IReadOnlyCollection<string>? testsThatRan, bool update)
    {
        try
        {
            return ProjectGate.Run(new ProjectGateRequest
            {
                RunsDirectory = Recording.RunsDirectory,
                Assembly = Recording.TestAssembly!,
                Framework = Recording.Framework,
                Modules = SessionModules.Describe(Recording).Modules,
                AssemblyPaths = [.. Recording.Assemblies.Select(assembly => System.IO.Path.Combine(Recording.BaseDirectory, assembly + ".dll"))],
                TestsStarted = started,
                TestRun = Recording.TestRun,
                Host = RecordingHost.Process,
                BaselinePath = BaselinePath,
                PolicyPath = PolicyPath,
                PricesPath = Recording.PricesFile,
                UpdateBaseline = update,
                Settings = GateSettingsReader.Read(ProjectFile, MaxCostIncrease, MinCostIncreaseUsd, MissingBaseline, MissingRecording) with
                {
                    PartialRun = partial,
                    TestsThatRan = testsThatRan,
                    UpdateCommand = $"dotnet test --project \"{ProjectFile}\" -p:MagsagUpdateBaseline=true",
                },
            });
        }
        catch (UnreadableInputException error)
        {
            return ProjectGate.Refuse(error);
        }
    }

    /// <summary>The findings as an editor and a person read them, one a line, and the line with the counts.</summary>
    public string Describe(Verdict verdict) => string.Join('\n', [.. verdict.Findings.Select(Describe).Append(verdict.Headline).Select(PlainText.OneLine)]);

    private string Describe(Finding finding)
    {
        string file = finding.FileBelow(Recording.SourceRoot ?? Recording.BaseDirectory) ?? ProjectFile;
        string place = finding.Line > 0 ? $"{file}({finding.Line})" : $"{file} ";
        return $"{place}: {finding.Severity.ToString().ToLowerInvariant()} {finding.Code}: {finding.Text}";
    }

    /// <summary>Where the verdict is written to, without extension.</summary>
    public string VerdictFile => System.IO.Path.Combine(Recording.RunsDirectory, "verdicts", $"{Recording.TestAssembly}.{Recording.Framework}");
}
