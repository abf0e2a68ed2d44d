using System.Globalization;
using Magsag.Ledger.Figures;
using Magsag.Ledger.Summaries;
using Magsag.Pricing.Catalogue;
using Magsag.Pricing.Costs;
using Magsag.Pricing.Listings;

namespace Magsag.Storage.Reconciling;

/// <summary>Finds what most likely makes a provider's figures differ from the recorded ones. A sum of a day can't prove a cause: the evidence stands beside it.</summary>
internal sealed class Differences
{
    // A process that doesn't record makes more calls than clients repeat.
    private const decimal MostRetries = 0.1m;
    private const decimal RatioTolerance = 0.005m;

    private readonly Dictionary<DayModel, ReconciledDay> _days;
    private readonly PriceCatalog _catalog;
    private readonly string? _provider;

    /// <param name="days">All days that are compared.</param>
    /// <param name="catalog">The prices that tiers are recognised by.</param>
    /// <param name="provider">Whose report it is, by the catalogue's name.</param>
    public Differences(IEnumerable<ReconciledDay> days, PriceCatalog catalog, string? provider)
    {
        _days = days.ToDictionary(static day => new DayModel(day.Day, day.Model));
        _catalog = catalog;
        _provider = provider;
    }

    /// <summary>The likely cause; null where the figures agree.</summary>
    public Difference? Of(ReconciledDay day) => day switch
    {
        { Agrees: true, Provider: not null } or { IsStored: true, Provider: null, Store: { Calls: 0, CostUsd: 0m } } => null,
        { IsStored: false } => new(DifferenceCause.NotStored, $"the ledgers have {Calls(day.Ledger!.Calls)}, the store {Calls(day.Store.Calls)}; run `magsag ingest`"),
        { Provider: null } => WithoutReport(day),
        _ when Shifted(day) is { } other => new(DifferenceCause.DayBoundary, $"the difference is made up on {Text(other)}: ask for days of UTC"),
        { Store.Calls: 0 } => new(DifferenceCause.MissingProcess, "nothing was recorded of this model on this day"),
        { AgreesInUsage: false } => OfUsage(day),
        _ => OfMoney(day),
    };

    private static Difference WithoutReport(ReconciledDay day) => day.FailedCalls == day.Store.Calls
        ? new(DifferenceCause.FailedCalls, $"all {Calls(day.Store.Calls)} failed")
        : new(DifferenceCause.NotInReport, "the report has nothing of this model on this day: another account, key or project, or another name");

    private static Difference OfUsage(ReconciledDay day)
    {
        TokenTotals store = day.Store;
        long more = day.MoreTokens ?? 0;
        return (more, day.MoreCalls) switch
        {
            (0, null or 0) => new(DifferenceCause.CacheSplit, $"the same tokens, {CacheText(day)}"),
            (0, > 0) => new(DifferenceCause.Retries, $"{Calls(day.MoreCalls.Value)} more without tokens"),
            (0, < 0) or (< 0, < 0) when day.FailedCalls > 0 && -day.MoreCalls <= day.FailedCalls && more == 0 => new(DifferenceCause.FailedCalls, $"{Calls(day.FailedCalls)} of ours failed"),
            ( > 0, null or <= 0) when store.UnmeteredCalls > 0 => new(DifferenceCause.UnmeteredStreams, $"the usage of {Calls(store.UnmeteredCalls)} is unknown, {Tokens(more)} are missing"),
            (_, null or 0) when store.EstimatedCalls > 0 => new(DifferenceCause.Estimates, $"the tokens of {Calls(store.EstimatedCalls)} were counted"),
            ( > 0, > 0) => OfMoreCalls(day, more),
            ( > 0, null) => new(DifferenceCause.MissingProcess, $"{Tokens(more)} more than were recorded"),
            ( < 0, _) => new(DifferenceCause.NotInReport, $"{Tokens(-more)} were recorded that the report lacks"),
            _ => new(DifferenceCause.Unexplained, $"as many calls, {Tokens(more)} more: usage that the answers didn't state"),
        };
    }

    private static Difference OfMoreCalls(ReconciledDay day, long more)
    {
        long calls = day.MoreCalls!.Value;
        decimal usual = Math.Max(1m, (decimal)day.Store.TotalTokens / day.Store.Calls);
        bool isFew = calls <= Math.Max(1m, day.Store.Calls * MostRetries) && more <= 2m * usual * calls;
        return new(isFew ? DifferenceCause.Retries : DifferenceCause.MissingProcess, $"{Calls(calls)} more with {Tokens(more)}");
    }

    private Difference OfMoney(ReconciledDay day)
    {
        TokenTotals store = day.Store;
        if (store.UnpricedCalls > 0)
        {
            return new(DifferenceCause.Unpriced, $"{Calls(store.UnpricedCalls)} of ours have no known price");
        }

        if (store.UnmeteredCalls > 0 && day.MoreUsd > 0m)
        {
            return new(DifferenceCause.UnmeteredStreams, $"the usage of {Calls(store.UnmeteredCalls)} is unknown");
        }

        if (TierOf(day) is { } tier)
        {
            return new(DifferenceCause.Tiers, $"the price of {tier}");
        }

        if (day.Provider is { InputTokens: null, OutputTokens: null })
        {
            return new(DifferenceCause.Unexplained, "the report has no tokens: add the usage report of the same days");
        }

        return day.Provider!.Tiers is { Count: > 0 } named
            ? new(DifferenceCause.Tiers, $"the report names {string.Join(", ", named)}")
            : new(DifferenceCause.Prices, $"the same tokens at {Percent(day.MoreUsd!.Value / store.CostUsd)} of our price");
    }

    // The tier or region in which the recorded tokens cost what is billed.
    private string? TierOf(ReconciledDay day)
    {
        if (day.Model is not { } model || day.Store.CostUsd <= 0m || day.Provider!.CostUsd is not > 0m || _catalog.Find(model, _provider) is not { } price)
        {
            return null;
        }

        var noon = new DateTimeOffset(day.Day.ToDateTime(new TimeOnly(12, 0)), TimeSpan.Zero);
        decimal? Cost(PriceTerms terms) => price.Price(new BilledCall(model, day.Store.Usage, terms, _provider) { Calls = day.Store.Calls }).Amount;
        IEnumerable<(string Name, PriceTerms Terms)> terms =
        [
            .. Channels.All.Select(channel => (channel, new PriceTerms(noon, channel == "batch" ? null : channel, channel == "batch"))),
            .. price.Uplifts.Select(uplift => ($"region {uplift.Region}", new PriceTerms(noon, Region: uplift.Region))),
        ];
        decimal billed = day.Provider.CostUsd.Value;
        return terms.Where(candidate => Cost(candidate.Terms) is { } cost && Math.Abs(cost - billed) <= (billed * RatioTolerance) + day.Provider.RoundingUsd)
            .Select(static candidate => candidate.Name)
            .FirstOrDefault();
    }

    // The neighbouring day on which the same tokens, calls or dollars are missing that are too many here.
    private DateOnly? Shifted(ReconciledDay day) => new[] { day.Day.AddDays(-1), day.Day.AddDays(1) }
        .Where(other => _days.TryGetValue(new DayModel(other, day.Model), out ReconciledDay? neighbour) && IsOpposite(day, neighbour))
        .Select(static other => (DateOnly?)other)
        .FirstOrDefault();

    private static bool IsOpposite(ReconciledDay day, ReconciledDay other) =>
        (day.MoreTokens is { } tokens and not 0 && -tokens == MoreTokens(other)) || (day.MoreTokens is null && day.MoreUsd is { } usd and not 0m && -usd == (other.Provider is null ? -other.Store.CostUsd : other.MoreUsd));

    private static long? MoreTokens(ReconciledDay day) => day.Provider is null ? -day.Store.TotalTokens : day.MoreTokens;

    private static string CacheText(ReconciledDay day) => day.Provider!.CachedInputTokens is { } cached && cached != day.Store.CachedInputTokens
        ? $"{MoneyText.Count(cached)} of them cached instead of {MoneyText.Count(day.Store.CachedInputTokens)}"
        : $"{MoneyText.Count(day.Provider.CacheWriteTokens ?? 0)} of them written to the cache instead of {MoneyText.Count(day.Store.CacheWriteTokens)}";

    private static string Calls(long count) => $"{MoneyText.Count(count)} {(count == 1 ? "call" : "calls")}";

    private static string Tokens(long count) => $"{MoneyText.Count(count)} {(count == 1 ? "token" : "tokens")}";

    private static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Percent(decimal more) => (100m + (100m * more)).ToString("0.#", CultureInfo.InvariantCulture) + " %";
}
