namespace Magsag.Cli;

/// <summary>What a command prints: figures and tables, rendered as text, JSON, CSV or Markdown.</summary>
internal sealed record Report
{
    /// <summary>The heading; null when the tables speak for themselves.</summary>
    public string? Title { get; init; }

    public IReadOnlyList<Fact> Facts { get; init; } = [];

    /// <summary>The first one is the one that CSV holds.</summary>
    public IReadOnlyList<Table> Tables { get; init; } = [];

    /// <summary>What people should know about the figures.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>A report that is a list and nothing else: JSON is an array.</summary>
    public static Report Of(Table table) => new() { Tables = [table] };

    public bool IsList => Title is null && Facts.Count == 0 && Tables.Count == 1;
}
