namespace Magsag.Cli.Output;

/// <summary>Names in one cell: at a terminal the first one and how many others there are, elsewhere all of them.</summary>
internal sealed record NameList(IReadOnlyList<string> Names)
{
    /// <summary>All names in one text, for formats without lists.</summary>
    public string Joined => string.Join(", ", Names);

    /// <summary>The first name and the number of the others: <c>triage +2</c>.</summary>
    public override string ToString() => Names.Count == 1 ? Names[0] : $"{Names[0]} +{MoneyText.Count(Names.Count - 1)}";
}
