namespace Magsag.EndToEnd.Tests;

/// <summary>One kind of test project: a framework on a platform, a language and a target framework.</summary>
internal sealed record MatrixRow
{
    private static readonly string[] Languages = ["C#", "F#", "VB"];

    // The cut for every day: what no other end-to-end test builds, each platform, language and target once.
    private static readonly string[] Daily = ["MSTest 4 on Microsoft.Testing.Platform in F# for net10.0", "MSTest 3 on VSTest in VB for net8.0"];

    public required TestFramework Framework { get; init; }

    public required string Language { get; init; }

    public required string Target { get; init; }

    /// <summary>Every framework with every language; every target with each of both.</summary>
    public static IEnumerable<MatrixRow> All =>
        TestFramework.All.SelectMany(static (framework, index) => Languages.Select((language, place) => new MatrixRow
        {
            Framework = framework,
            Language = language,
            Target = place > 0 && (index + place) % 2 == 1 ? "net8.0" : "net10.0",
        })).Append(new MatrixRow { Framework = TestFramework.All[1], Language = "C#", Target = "net8.0" });

    /// <summary>The rows of this run: all of them when the variable <c>MAGSAG_MATRIX</c> is <c>all</c>, those whose names hold its value, or the cut.</summary>
    public static IEnumerable<MatrixRow> Chosen => Environment.GetEnvironmentVariable("MAGSAG_MATRIX") switch
    {
        null or "" => All.Where(static row => Daily.Contains(row.ToString())),
        "all" => All,
        var part => All.Where(row => row.ToString().Contains(part, StringComparison.OrdinalIgnoreCase)),
    };

    public override string ToString() => $"{Framework.Name} on {Framework.Platform} in {Language} for {Target}";
}
