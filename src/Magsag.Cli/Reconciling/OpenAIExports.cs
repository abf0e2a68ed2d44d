using Magsag.Storage.Reconciling;

namespace Magsag.Cli.Reconciling;

/// <summary>OpenAI's exports: the answers of <c>/v1/organization/usage/*</c> and <c>/v1/organization/costs</c>, and the CSV of the same members that the usage page offers.</summary>
/// <remarks>
/// <see href="https://developers.openai.com/api/reference/resources/admin/subresources/organization/subresources/usage"/> (read 2026-12-01):
/// <c>input_tokens</c> includes cached and cache-write tokens; buckets are of UTC, their times seconds since 1970.
/// Costs are by <c>line_item</c>, which names the model and, after a comma, the kind of token.
/// </remarks>
internal static class OpenAIExports
{
    private static readonly string[] Providers = ["openai"];

    public static IReadOnlyList<UsageExportFormat> All { get; } =
    [
        new("OpenAI's usage", Providers, ["starttime", "nummodelrequests", "inputtokens"], ReadUsage)
        {
            Required = ["model"],
            Remedy = "Ask for it with group_by=model (and batch, service_tier).",
            Known = UsageExportFormats.Columns(
                "input_tokens", "output_tokens", "input_cached_tokens", "input_cache_write_tokens", "input_uncached_tokens", "input_text_tokens", "output_text_tokens", "input_audio_tokens", "output_audio_tokens",
                "input_image_tokens", "output_image_tokens", "input_cached_text_tokens", "input_cached_audio_tokens", "input_cached_image_tokens"),
            IsCounted = static row => row.Find("num_model_requests", "input_tokens") is not (null or "0" or "0.0"),
        },
        new("OpenAI's costs", Providers, ["starttime", "amountvalue"], ReadCost)
        {
            Required = ["line_item"],
            Remedy = "Ask for it with group_by=line_item.",
            Known = UsageExportFormats.Columns(),
            IsCounted = static row => row.Find("amount_value") is not null,
        },
    ];

    private static ProviderCount ReadUsage(ExportRow row) => new(row.Day("start_time", "end_time"), row.Get("model", "Ask for the usage with group_by=model."), row.Count("num_model_requests"))
    {
        InputTokens = row.Count("input_tokens"),
        CachedInputTokens = row.Count("input_cached_tokens"),
        CacheWriteTokens = row.Count("input_cache_write_tokens"),
        OutputTokens = row.Count("output_tokens"),
        Tiers = [.. BatchOf(row), .. TierOf(row.Find("service_tier"))],
    };

    private static ProviderCount ReadCost(ExportRow row)
    {
        string item = row.Get("line_item", "Ask for the costs with group_by=line_item.");
        string currency = row.Find("amount_currency") ?? "usd";
        return currency.Equals("usd", StringComparison.OrdinalIgnoreCase)
            ? new ProviderCount(row.Day("start_time", "end_time"), item.Split(',')[0].Trim(), CostUsd: row.Amount("amount_value"))
            : throw row.Fault($"The amount is in {currency}; expected usd.");
    }

    private static IEnumerable<string> BatchOf(ExportRow row) => row.Find("batch") is { } batch && batch.Equals("true", StringComparison.OrdinalIgnoreCase) ? ["batch"] : [];

    private static IEnumerable<string> TierOf(string? tier) => Channels.Find(tier) == Channels.Standard ? [] : [tier!];
}
