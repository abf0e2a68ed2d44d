namespace Magsag.Storage.Schema;

/// <summary>Sums of calls that ingest maintains by day, some of them by month as well.</summary>
/// <param name="Suffix">What follows <c>daily</c> and <c>monthly</c> in the names of its tables.</param>
/// <param name="HasMonths">True when it has months besides days.</param>
/// <param name="Labels">The labels of series that its rows keep apart, besides day and outcome.</param>
internal sealed record RollUp(string Suffix, bool HasMonths, params IReadOnlyList<string> Labels)
{
    /// <summary>By agent, customer, billing tier, model and operation.</summary>
    public static RollUp Callers { get; } = new("", HasMonths: true, "agent", "customer", "billing_tier", "provider", "model", "requested_model", "operation");

    /// <summary>By model alone: far fewer rows.</summary>
    public static RollUp Models { get; } = new("_model", HasMonths: false, "provider", "model", "requested_model");

    /// <summary>By test and call site.</summary>
    public static RollUp Code { get; } = new("_code", HasMonths: true, "test", "site");

    public static IReadOnlyList<RollUp> All { get; } = [Callers, Models, Code];

    /// <summary>The tables: of days and, where it has them, of months. The day of a month is its first one.</summary>
    public IReadOnlyList<Table> Tables => [.. Periods.Select(period => new Table(period + Suffix, Columns, "day", "key", "outcome"))];

    /// <summary>The column of staged series with the hash of the labels: unique constraints of SQL don't compare unknown labels.</summary>
    public string KeyColumn => "daily_key" + Suffix;

    private IEnumerable<string> Periods => HasMonths ? ["daily", "monthly"] : ["daily"];

    private IReadOnlyList<Column> Columns =>
    [
        new("day", ColumnType.Integer, IsRequired: true),
        new("key", ColumnType.Uuid, IsRequired: true),
        new("outcome", ColumnType.Integer, IsRequired: true),
        .. Labels.Select(static label => new Column(label, ColumnType.Text)),
        .. SumColumns.All,
    ];
}
