namespace Magsag.Analyzers.Corpus.Scoring;

/// <summary>What the analyzers did about a label, or a diagnostic without one.</summary>
internal sealed record Result(string Repository, string Path, int Line, string Rule, bool IsFinding, Outcome Outcome, FixOutcome Fix)
{
    public static IReadOnlyList<Result> Read(string path) => [.. File.ReadLines(path).Skip(1).Select(Parse)];

    public static void Write(string path, IEnumerable<Result> results) =>
        File.WriteAllLines(path, results.Select(static result => result.ToRow()).Prepend("repository,path,line,rule,expected,outcome,fix"));

    /// <summary>Whether this is the result of a label.</summary>
    public bool IsOf(Label label) => (Repository, Path, Line, Rule, IsFinding) == (label.Repository, label.Path, label.Line, label.Rule, label.IsFinding);

    private string ToRow() =>
        string.Join(',', Repository, Path, Line, Rule, IsFinding ? "finding" : "none", Outcome.ToString().ToLowerInvariant(), Fix.ToString().ToLowerInvariant());

    private static Result Parse(string row)
    {
        string[] cells = row.Split(',');
        return new Result(cells[0], cells[1], Csv.ToInt(cells[2]), cells[3], cells[4] == "finding", Enum.Parse<Outcome>(cells[5], ignoreCase: true), Enum.Parse<FixOutcome>(cells[6], ignoreCase: true));
    }
}
