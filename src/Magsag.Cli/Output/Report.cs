namespace Magsag.Cli.Output;

/// <summary>What a command prints: figures and tables, rendered as text, JSON, CSV or Markdown.</summary>
internal sealed record Report
{
    /// <summary>The heading; null for none.</summary>
    public string? Title { get; init; }

    public IReadOnlyList<Fact> Facts { get; init; } = [];

    /// <summary>The first one is the one that CSV holds.</summary>
    public IReadOnlyList<Table> Tables { get; init; } = [];

    /// <summary>What people should know about the figures.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>What stands below everything else: how old the prices are; null for nothing. CSV has no foot, nor has the JSON of a table.</summary>
    public Fact? Foot { get; init; }

    /// <summary>True for a table and nothing else: its JSON is an array.</summary>
    public bool IsList => Title is null && Facts.Count == 0 && Tables.Count == 1;

    public static Report List(Table table) => new() { Tables = [table] };
}
