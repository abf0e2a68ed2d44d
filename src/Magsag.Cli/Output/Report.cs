namespace Magsag.Cli.Output;

/// <summary>What a command prints: figures and tables, rendered as text, JSON, CSV or Markdown.</summary>
internal sealed record Report
{
    private const string Calls = "calls";

    /// <summary>The heading; null when the tables speak for themselves.</summary>
    public string? Title { get; init; }

    public IReadOnlyList<Fact> Facts { get; init; } = [];

    /// <summary>The first one is the one that CSV holds.</summary>
    public IReadOnlyList<Table> Tables { get; init; } = [];

    /// <summary>What people should know about the figures.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>A report that is a list and nothing else: JSON is an array.</summary>
    public static Report Of(Table table) => new() { Tables = [table] };

    /// <summary>True when the report is about at least one call.</summary>
    public bool HasCalls => Facts.Any(static fact => fact is { Key: Calls, Value: > 0L }) || Tables.Any(static table => table.Rows.Any(row => table.IndexOf(Calls) is not { } column || row[column] is > 0L));

    public bool IsList => Title is null && Facts.Count == 0 && Tables.Count == 1;
}
