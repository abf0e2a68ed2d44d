using Magsag.Gating;
using Magsag.Pricing;

namespace Magsag.Cli.Html;

/// <summary>What providers' prompt caches saved: the cost of the same tokens without a cache, less what was paid. Cache writes cost extra, so it can be negative.</summary>
internal sealed record CacheSavings(IReadOnlyList<CacheSaving> Models, long ResponseCacheHits)
{
    public decimal NetUsd => Models.Sum(static model => model.SavedUsd);

    public static CacheSavings Of(CostSummary summary, PriceCatalog prices)
    {
        DateTimeOffset at = summary.To ?? DateTimeOffset.UnixEpoch;
        CacheSaving[] models =
        [
            .. summary.Entries
                .Where(static entry => entry.Key.Model is not null && entry.Totals.CachedInputTokens + entry.Totals.CacheWriteTokens > 0)
                .GroupBy(static entry => entry.Key.Model!, StringComparer.Ordinal)
                .Select(model => Of(model.Key, model, prices, at))
                .OfType<CacheSaving>()
                .OrderByDescending(static saving => saving.SavedUsd).ThenBy(static saving => saving.Model, StringComparer.Ordinal),
        ];
        return new CacheSavings(models, summary.CacheHits);
    }

    public void Write(HtmlBuilder page)
    {
        if (Models.Count == 0 && ResponseCacheHits == 0)
        {
            return;
        }

        page.AddMarkup("<section aria-labelledby=\"cache-title\">\n<h2 id=\"cache-title\">Cache savings</h2>\n");
        if (ResponseCacheHits > 0)
        {
            page.Add($"<p>A response cache answered {MoneyText.Count(ResponseCacheHits)} calls, which therefore cost nothing.</p>\n");
        }

        if (Models.Count > 0)
        {
            page.AddMarkup("""
                <div class="scroll" role="region" tabindex="0" aria-label="Cache savings">
                <table><thead><tr><th scope="col">Model</th><th scope="col" class="number">Input</th><th scope="col" class="number">Read from the cache</th><th scope="col" class="number">Written to it</th><th scope="col" class="number">Without a cache</th><th scope="col" class="number">Paid</th><th scope="col" class="number">Saved</th></tr></thead><tbody>

                """);
            foreach (CacheSaving saving in Models)
            {
                page.Add($"<tr><th scope=\"row\">{saving.Model}</th><td class=\"number\">{MoneyText.Count(saving.Totals.InputTokens)}</td><td class=\"number\">{MoneyText.Count(saving.Totals.CachedInputTokens)}</td><td class=\"number\">{MoneyText.Count(saving.Totals.CacheWriteTokens)}</td><td class=\"number\">{MoneyText.Of(saving.UncachedUsd)}</td><td class=\"number\">{MoneyText.Of(saving.PaidUsd)}</td><td class=\"number\">{MoneyText.Of(saving.SavedUsd)}</td></tr>\n");
            }

            page.AddMarkup("</tbody></table></div>\n");
        }

        page.AddMarkup("</section>\n");
    }

    private static CacheSaving? Of(string model, IEnumerable<CostEntry> entries, PriceCatalog prices, DateTimeOffset at)
    {
        var totals = new TokenTotals();
        decimal paid = 0m, uncached = 0m;
        foreach (CostEntry entry in entries)
        {
            var terms = new PriceTerms(at, entry.Key.ServiceTier, entry.Key.Batch, entry.Key.Region);
            long calls = Math.Max(1, entry.Totals.Calls - entry.Totals.UnmeteredCalls);
            Usage usage = entry.Totals.ToUsage();
            Usage plain = usage with { CachedInputTokens = 0, CacheWriteTokens = 0, CacheWriteOneHourTokens = 0 };
            if (prices.CostOfTotals(model, usage, calls, terms, entry.Key.Provider) is not { } cost
                || prices.CostOfTotals(model, plain, calls, terms, entry.Key.Provider) is not { } full)
            {
                continue;
            }

            paid += cost;
            uncached += full;
            totals += entry.Totals;
        }

        return totals.Calls == 0 ? null : new CacheSaving(model, totals, uncached, paid);
    }
}
