namespace Magsag.Analyzers.Corpus.Scoring;

/// <summary>A repository of the corpus.</summary>
/// <param name="IsReadWhole">Whether every file that calls a model is labelled, or only the files that occur among the labels.</param>
internal sealed record Repository(string Name, string Commit, bool IsReadWhole)
{
    public static IReadOnlyList<Repository> Read(string path) =>
        [.. File.ReadLines(path).Skip(1).Select(static row => row.Split(',')).Select(static cells => new Repository(cells[0], cells[1], cells[2] == "all"))];
}
