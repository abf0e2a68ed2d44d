using System.Globalization;
using Magsag.Ledger.Records;

namespace Magsag.Storage.Schema;

/// <summary>A column of the table <c>series</c> that tells series apart.</summary>
/// <param name="Name">The column, named as in the ledger.</param>
/// <param name="Read">Reads the label off a record, as text.</param>
/// <param name="Type">What the column holds. Texts are searched by their words.</param>
internal sealed record SeriesLabel(string Name, Func<LedgerRecord, string?> Read, ColumnType Type = ColumnType.Text)
{
    public const string TagsName = "tags";

    /// <summary>All of them, in the order of their columns.</summary>
    public static IReadOnlyList<SeriesLabel> All { get; } =
    [
        new("agent", static record => record.Agent),
        new("customer", static record => record.Customer),
        new("billing_tier", static record => record.BillingTier),
        new(TagsName, static record => TagText.From(StorableText.Clean(record.Tags))),
        new("provider", static record => record.Provider),
        new("model", static record => record.Model),
        new("requested_model", static record => record.RequestedModel),
        new("operation", static record => record.Operation),
        new("service_tier", static record => record.ServiceTier),
        new("batch", static record => record.Batch ? "1" : "0", ColumnType.Integer),
        new("price_id", static record => record.PriceId),
        new("test", static record => record.Test),
        new("site", static record => record.Site),
        new("member", static record => record.Member),
        new("module", static record => record.Module?.ToString("N"), ColumnType.Uuid),
        new("experiment", static record => record.Experiment),
        new("variant", static record => record.Variant),
        new("usage_issue", static record => record.UsageIssue),
        new("region", static record => record.Region),
    ];

    /// <summary>The labels whose words are searched.</summary>
    public static IReadOnlyList<SeriesLabel> Texts { get; } = [.. All.Where(static label => label.Type == ColumnType.Text)];

    public Column Column => new(Name, Type);

    /// <summary>Where the labels with these names are in <see cref="All"/>.</summary>
    public static int[] IndexesOf(IEnumerable<string> names) => [.. names.Select(static name => All.Index().Single(label => label.Item.Name == name).Index)];

    /// <summary>The label as its column holds it.</summary>
    public object? ToValue(string? label) => label is null ? null : Type switch
    {
        ColumnType.Integer => int.Parse(label, CultureInfo.InvariantCulture),
        ColumnType.Uuid => Guid.ParseExact(label, "N"),
        _ => label,
    };
}
