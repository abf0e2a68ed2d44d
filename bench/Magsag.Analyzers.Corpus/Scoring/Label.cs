namespace Magsag.Analyzers.Corpus.Scoring;

/// <summary>What a reader of the code expects of a rule at one place; rule <c>*</c> says that the file was read and has no finding.</summary>
internal sealed record Label(string Repository, string Path, int Line, int LastLine, string Rule, bool IsFinding, string Why)
{
    /// <summary>Whether the label is about a rule, and not only about a file.</summary>
    public bool IsOfRule => Rule != "*";

    public static IReadOnlyList<Label> Read(string path) => [.. File.ReadLines(path).Skip(1).Select(Parse)];

    private static Label Parse(string row)
    {
        string[] cells = row.Split(',', 8);
        return new Label(cells[0], cells[2], Csv.ToInt(cells[3]), Csv.ToInt(cells[4]), cells[5], cells[6] == "finding", cells[7].Trim('"'));
    }
}
