using System.Globalization;

namespace Magsag.Cli.Html;

/// <summary>What caches saved: providers' prompt caches by the cost of the same tokens without a cache, less what they cost with it (cache writes cost extra, so it can be negative); a response cache by the calls that it answered.</summary>
/// <param name="Models">What prompt caches saved, by model.</param>
/// <param name="ResponseCacheHits">Calls that a response cache answered.</param>
/// <param name="AvoidedUsd">What those would have cost, as far as it is known.</param>
/// <param name="PricedAt">The day whose prices hold.</param>
internal sealed record CacheSavings(IReadOnlyList<CacheSaving> Models, long ResponseCacheHits, decimal AvoidedUsd, DateTimeOffset PricedAt)
{
    private const string Id = "caches";
    private const int MostRows = 15;

    /// <summary>What prompt caches saved.</summary>
    public decimal NetUsd => Models.Sum(static model => model.SavedUsd);

    public decimal TotalUsd => NetUsd + AvoidedUsd;

    /// <summary>True when a cache had part in a call.</summary>
    public bool Any => Models.Count > 0 || ResponseCacheHits > 0;

    /// <summary>Where the savings come from, when there is more than one source.</summary>
    public string Parts => (NetUsd, AvoidedUsd) switch
    {
        (_, 0m) => "by prompt caches",
        (0m, _) => "by the response cache",
        _ => $"{MoneyText.Of(NetUsd)} prompt caches, {MoneyText.Of(AvoidedUsd)} response cache",
    };

    public static CacheSavings From(CostSummary summary, PriceCatalog prices)
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
        return new CacheSavings(models, summary.CacheHits, summary.AvoidedUsd, at);
    }

    public void Write(HtmlBuilder page)
    {
        if (!Any)
        {
            return;
        }

        page.AddMarkup($"<section id=\"{Id}\" aria-labelledby=\"{Id}-title\">\n<h2 id=\"{Id}-title\">Cache savings</h2>\n");
        if (ResponseCacheHits > 0)
        {
            string calls = ResponseCacheHits == 1 ? "1 call" : $"{MoneyText.Count(ResponseCacheHits)} calls";
            page.Add($"<p>A response cache answered {calls}, which {(AvoidedUsd > 0m ? $"saved {MoneyText.Of(AvoidedUsd)}" : "cost nothing; what they would have cost isn’t known")}.</p>\n");
        }

        if (Models.Count > 0)
        {
            WriteTable(page);
        }

        page.AddMarkup("</section>\n");
    }

    private void WriteTable(HtmlBuilder page)
    {
        page.AddMarkup("""
            <div class="scroll" role="group" tabindex="0" aria-label="Table: Cache savings">
            <table><caption>What prompt caches saved</caption><thead><tr><th scope="col">Model</th><th scope="col" class="number">Input tokens</th><th scope="col" class="number">Read from cache</th><th scope="col" class="number">Written to cache</th><th scope="col" class="number">Without cache (USD)</th><th scope="col" class="number">With cache (USD)</th><th scope="col" class="number">Saved (USD)</th></tr></thead><tbody>

            """);
        MoneyColumn money = MoneyColumn.For(Models.Select(static saving => saving.UncachedUsd));
        foreach (CacheSaving saving in Models.Take(MostRows))
        {
            page.Add($"<tr><th scope=\"row\" dir=\"auto\">{new NameText(saving.Model)}</th>");
            WriteFigures(page, saving, money);
        }

        if (Models.Count > MostRows)
        {
            page.Add($"<tr class=\"sum\"><th scope=\"row\">{MoneyText.Count(Models.Count - MostRows)} other models</th>");
            WriteFigures(page, Sum(Models.Skip(MostRows)), money);
        }

        page.AddMarkup("</tbody><tfoot><tr class=\"sum\"><th scope=\"row\">Total</th>");
        WriteFigures(page, Sum(Models), money);
        page.AddMarkup("</tfoot></table></div>\n");
        page.Add($"<p class=\"legend-text\">At the catalogue’s prices of {PricedAt.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)} for models that used a prompt cache, without discounts of batches and service tiers: what was billed can differ.</p>\n");
    }

    private static void WriteFigures(HtmlBuilder page, CacheSaving saving, MoneyColumn money) =>
        page.Add($"<td class=\"number\">{MoneyText.Count(saving.Totals.InputTokens)}</td><td class=\"number\">{MoneyText.Count(saving.Totals.CachedInputTokens)}</td><td class=\"number\">{MoneyText.Count(saving.Totals.CacheWriteTokens)}</td><td class=\"number\">{money.Text(saving.UncachedUsd)}</td><td class=\"number\">{money.Text(saving.PaidUsd)}</td><td class=\"number\">{money.Text(saving.SavedUsd)}</td></tr>\n");

    private static CacheSaving Sum(IEnumerable<CacheSaving> savings) =>
        savings.Aggregate(new CacheSaving("", new TokenTotals(), 0m, 0m), static (sum, saving) => new CacheSaving("", sum.Totals + saving.Totals, sum.UncachedUsd + saving.UncachedUsd, sum.PaidUsd + saving.PaidUsd));

    private static CacheSaving? Of(string model, IEnumerable<CostEntry> entries, PriceCatalog prices, DateTimeOffset at)
    {
        var totals = new TokenTotals();
        decimal paid = 0m, uncached = 0m;
        foreach (CostEntry entry in entries)
        {
            var terms = new PriceTerms(at, entry.Key.ServiceTier, entry.Key.Batch, entry.Key.Region);
            long calls = Math.Max(1, entry.Totals.Calls - entry.Totals.UnmeteredCalls);
            Usage usage = entry.Totals.Usage;
            Usage plain = usage.Without(RateUnits.Caching);
            var call = new BilledCall(model, usage, terms, entry.Key.Provider) { Calls = calls };
            if (prices.Price(call).Amount is not { } cost || prices.Price(call with { Usage = plain }).Amount is not { } full)
            {
                continue;
            }

            paid += cost;
            uncached += full;
            totals += entry.Totals;
        }

        // A model on the team's own machines costs nothing either way.
        return uncached == 0m ? null : new CacheSaving(model, totals, uncached, paid);
    }
}
