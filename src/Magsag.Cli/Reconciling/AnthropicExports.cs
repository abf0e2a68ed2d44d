using Magsag.Storage.Reconciling;

namespace Magsag.Cli.Reconciling;

/// <summary>Anthropic's exports: the answers of <c>/v1/organizations/usage_report/messages</c> and <c>/v1/organizations/cost_report</c>, and the CSV of the Console's pages Usage and Cost.</summary>
/// <remarks>
/// <see href="https://platform.claude.com/docs/en/api/admin/usage_report/retrieve_messages"/> and
/// <see href="https://platform.claude.com/docs/en/api/resources/admin/subresources/usage_and_cost"/> (read 2026-12-01): buckets are of UTC,
/// cached and written tokens stand beside the uncached input, no calls are counted, and the amounts of the cost report are cents.
/// The Console's CSV has costs in dollars, rounded to cents (<see href="https://support.anthropic.com/en/articles/9534590-cost-and-usage-reporting-in-console"/>).
/// </remarks>
internal static class AnthropicExports
{
    private const decimal HalfCent = 0.005m;

    private const string ByModel = "Ask for it with group_by[]=model (and service_tier, inference_geo).";

    private const string ByDescription = "Ask for it with group_by[]=description.";

    private static readonly string[] Providers = ["anthropic"];

    private static readonly string[] Usual = ["standard", "message", "global", "not_available", "0"];

    public static IReadOnlyList<UsageExportFormat> All { get; } =
    [
        new("Anthropic's usage report", Providers, ["startingat", "uncachedinputtokens"], static row => ReadUsage(row, row.Day("starting_at", "ending_at"), row.Get("model", ByModel), "uncached_input_tokens", "cache_read_input_tokens", "cache_creation_ephemeral_5m_input_tokens", "cache_creation_ephemeral_1h_input_tokens", "output_tokens"))
        {
            Required = ["model"],
            Remedy = ByModel,
            Known = UsageExportFormats.Columns("uncached_input_tokens", "cache_read_input_tokens", "cache_creation_ephemeral_5m_input_tokens", "cache_creation_ephemeral_1h_input_tokens", "output_tokens"),
        },
        new("Anthropic's cost report", Providers, ["startingat", "amount"], ReadReportedCost)
        {
            Required = ["model"],
            Remedy = ByDescription,
            Known = UsageExportFormats.Columns("cost_type", "token_type"),
        },
        new("the Console's usage", Providers, ["usagedateutc", "usageinputtokensnocache"], static row => ReadUsage(row, row.Day("usage_date_utc"), row.Get("model_version", "Export it again."), "usage_input_tokens_no_cache", "usage_input_tokens_cache_read", "usage_input_tokens_cache_write_5m", "usage_input_tokens_cache_write_1h", "usage_output_tokens"))
        {
            Required = ["model_version", "usage_output_tokens"],
            Remedy = "Export it again from the page Usage of the Console.",
            Known = UsageExportFormats.Columns("usage_input_tokens_no_cache", "usage_input_tokens_cache_read", "usage_input_tokens_cache_write_5m", "usage_input_tokens_cache_write_1h", "usage_output_tokens"),
        },
        new("the Console's costs", Providers, ["usagedateutc", "costusd"], ReadConsoleCost)
        {
            Required = ["model"],
            Remedy = "Export it again from the page Cost of the Console.",
            Known = UsageExportFormats.Columns("cost_usd", "list_price_usd", "cost_type", "token_type"),
        },
    ];

    private static ProviderCount ReadUsage(ExportRow row, DateOnly day, string model, string uncached, string read, string written, string writtenForAnHour, string output)
    {
        long cached = row.Count(read) ?? 0;
        long cacheWrite = (row.Count(written) ?? 0) + (row.Count(writtenForAnHour) ?? 0);
        return new ProviderCount(day, model)
        {
            InputTokens = (row.Count(uncached) ?? 0) + cached + cacheWrite,
            CachedInputTokens = cached,
            CacheWriteTokens = cacheWrite,
            OutputTokens = row.Count(output) ?? 0,
            Tiers = TiersOf(row),
        };
    }

    private static ProviderCount ReadReportedCost(ExportRow row)
    {
        string currency = row.Find("currency") ?? "USD";
        return currency.Equals("USD", StringComparison.OrdinalIgnoreCase)
            ? new ProviderCount(row.Day("starting_at", "ending_at"), ModelOf(row, ByDescription), CostUsd: row.Amount("amount") / 100m) { Tiers = TiersOf(row) }
            : throw row.Fault($"The amount is in {currency}; expected USD.");
    }

    private static ProviderCount ReadConsoleCost(ExportRow row)
    {
        decimal cost = row.Amount("cost_usd") ?? throw row.Fault("'cost_usd' is empty; expected US dollars such as 0.13.");
        return new ProviderCount(row.Day("usage_date_utc"), ModelOf(row, "Export it again."), CostUsd: cost) { RoundingUsd = cost.Scale <= 2 ? HalfCent : 0m, Tiers = TiersOf(row) };
    }

    // Searches and code execution are billed without a model.
    private static string ModelOf(ExportRow row, string remedy) => row.Find("model") ?? row.Find("cost_type") ?? row.Get("model", remedy);

    private static string[] TiersOf(ExportRow row) =>
    [
        .. new[] { row.Find("service_tier", "usage_type"), row.Find("speed"), row.Find("inference_geo") is { } geo && !Usual.Contains(geo) ? $"region {geo}" : null }
            .Where(static tier => tier is not null && !Usual.Contains(tier)).Select(static tier => tier!),
    ];
}
