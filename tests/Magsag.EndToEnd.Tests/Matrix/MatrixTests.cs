using System.Text.Json;
using System.Text.RegularExpressions;

namespace Magsag.EndToEnd.Tests;

/// <summary>Every framework and platform, in every language: a project is made, tested, made dearer, and failed by the gate at the line of its call.</summary>
/// <remarks>The whole matrix: <c>MAGSAG_MATRIX=all dotnet test tests/Magsag.EndToEnd.Tests --filter FullyQualifiedName~MatrixTests</c>; its table goes to <c>MAGSAG_MATRIX_TABLE</c>.</remarks>
public sealed partial class MatrixTests(PackageFeed feed, MatrixModel model) : IClassFixture<MatrixModel>
{
    public static IEnumerable<TheoryDataRow<string>> Rows => MatrixRow.Chosen.Select(static row => new TheoryDataRow<string>(row.ToString()));

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task A_dearer_call_fails_at_its_line(string name)
    {
        MatrixRow row = MatrixRow.All.Single(candidate => candidate.ToString() == name);
        using var project = new MatrixProject(row, feed, await model.PathAsync(feed));

        CommandResult accepted = await project.TestAsync(["-p:MagsagUpdateBaseline=true"]);
        string recorded = RecordedTests(project.Baseline);
        CommandResult dear = await project.TestAsync(["--no-build"], ("DESK_MODEL", "gpt-4o"));
        WriteTable(row, recorded, dear, project);

        accepted.Succeeded();
        Assert.Equal("2 calls of 2 tests", recorded);
        dear.Failed().Prints("error MAG200: ").Prints(project.CallPlace).Prints("model gpt-4o-mini → gpt-4o");
    }

    private static string RecordedTests(string baseline)
    {
        if (!File.Exists(baseline))
        {
            return "nothing";
        }

        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(baseline));
        JsonElement[] entries = [.. document.RootElement.GetProperty("entries").EnumerateArray()];
        string?[] tests = [.. entries.Select(static entry => entry.TryGetProperty("test", out JsonElement test) ? test.GetString() : null).Distinct()];
        return $"{entries.Sum(static entry => entry.GetProperty("calls").GetInt64())} calls of {tests.Count(static test => test is not null)} tests";
    }

    private static void WriteTable(MatrixRow row, string recorded, CommandResult dear, MatrixProject project)
    {
        if (Environment.GetEnvironmentVariable("MAGSAG_MATRIX_TABLE") is not { Length: > 0 } table)
        {
            return;
        }

        string place = dear.Output.Contains(project.CallPlace, StringComparison.Ordinal) ? "yes" : FailedPlace().Match(dear.Output) is { Success: true } other ? other.Value : $"no (exit code {dear.ExitCode})";
        File.AppendAllText(table, $"| {row.Framework.Name} | {row.Framework.Platform} | {row.Language} | {row.Target} | {recorded} | {place} |\n");
    }

    [GeneratedRegex(@"[^/\s]+\(\d+\): error MAG201")]
    private static partial Regex FailedPlace();
}
