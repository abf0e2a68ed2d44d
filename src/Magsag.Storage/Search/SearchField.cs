using Magsag.Ledger.Records;

namespace Magsag.Storage;

/// <summary>A field of a record that search terms can name.</summary>
/// <param name="Name">Its name, as in the ledger.</param>
/// <param name="Kind">How its values are compared.</param>
/// <param name="Column">Its column, with the alias of its table.</param>
internal sealed record SearchField(string Name, SearchFieldKind Kind, string Column)
{
    /// <summary>Names of the fields whose words are indexed, in the order of <see cref="TextsOf"/>.</summary>
    public static IReadOnlyList<string> TextNames { get; } =
        ["agent", "customer", "billing_tier", "tags", "provider", "model", "requested_model", "operation", "service_tier", "price_id", "test", "site", "member", "experiment", "variant", "usage_issue", "region"];

    private static readonly Dictionary<string, SearchField> ByName = All().ToDictionary(static field => field.Name, StringComparer.Ordinal);

    /// <summary>The names of all fields, in the order of the alphabet.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. ByName.Keys.Order(StringComparer.Ordinal)];

    /// <summary>The words that the field's values may be; empty unless it is a <see cref="SearchFieldKind.Word"/>.</summary>
    public IReadOnlyList<string> Values => Name switch
    {
        "outcome" => StoredWords.Outcomes,
        "usage_source" => StoredWords.UsageSources,
        "batch" => ["false", "true"],
        _ => [],
    };

    public static SearchField? Find(string name) => ByName.GetValueOrDefault(name);

    /// <summary>The texts of a series that are indexed.</summary>
    public static string?[] TextsOf(in Series series) =>
    [
        series.Agent, series.Customer, series.BillingTier, TagWords(series.Tags), series.Provider, series.Model, series.RequestedModel, series.Operation,
        series.ServiceTier, series.PriceId, series.Test, series.Site, series.Member, series.Experiment, series.Variant, series.UsageIssue, series.Region,
    ];

    private static string? TagWords(string? tags) =>
        TagText.Parse(tags) is { } parsed ? string.Join(' ', parsed.Select(static tag => $"{tag.Key} {tag.Value}")) : null;

    private static IEnumerable<SearchField> All()
    {
        foreach (string name in TextNames)
        {
            yield return new SearchField(name, SearchFieldKind.Text, "s." + name);
        }

        foreach (string name in (string[])["input_tokens", "cached_input_tokens", "cache_write_tokens", "cache_write_1h_tokens", "output_tokens", "reasoning_tokens", "duration_ms", "quality"])
        {
            yield return new SearchField(name, SearchFieldKind.Number, "r." + name);
        }

        yield return new SearchField("run_id", SearchFieldKind.Run, "r.run");
        yield return new SearchField("cost_usd", SearchFieldKind.Money, "r.cost");
        yield return new SearchField("outcome", SearchFieldKind.Word, "r.outcome");
        yield return new SearchField("usage_source", SearchFieldKind.Word, "r.usage_source");
        yield return new SearchField("batch", SearchFieldKind.Word, "s.batch");
    }
}
