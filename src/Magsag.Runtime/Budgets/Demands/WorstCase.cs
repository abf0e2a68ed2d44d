using Magsag.Pricing.Catalogue;
using Magsag.Pricing.Costs;
using Magsag.Pricing.Listings;
using Magsag.Pricing.Tokens;

namespace Magsag.Runtime.Budgets.Demands;

/// <summary>The most that a call can cost: every unit at the highest price that the catalogue has for what it may turn out to be.</summary>
internal static class WorstCase
{
    private static readonly string?[] ServiceTiers = [null, "flex", "priority"];

    /// <summary>Figures the terms and the cost of a call's worst case.</summary>
    public static CallDemand Price(CallDemand demand, BudgetOptions budget)
    {
        var usual = new PriceTerms(budget.Time.GetUtcNow(), budget.ServiceTier, Region: budget.Region);
        if (demand.Price is not { } price)
        {
            return demand with { Terms = usual };
        }

        PriceTerms[] possible = demand.MayChooseTier ? [usual, .. ServiceTiers.Select(tier => usual with { ServiceTier = tier })] : [usual];
        PriceTerms dearest = possible.MaxBy(terms => CostOf(price, demand, terms) ?? 0m);
        return demand with { Terms = dearest, CostUsd = CostOf(price, demand, dearest) + demand.ToolFeesUsd };
    }

    /// <summary>The cost of usage that says what it consists of; what it leaves open counts at the highest price that it can have.</summary>
    public static decimal? CostOf(ModelPrice price, in Usage usage, in PriceTerms terms, bool hasUntoldInput, bool hasUntoldOutput)
    {
        Rates? rates = RatesOf(price, terms, usage.InputTokens);
        if (!hasUntoldInput && !hasUntoldOutput)
        {
            return CostOf(price, usage, terms);
        }

        IEnumerable<Usage> inputs = hasUntoldInput && rates is not null ? Media(usage, rates) : [usage];
        return Dearest(price, hasUntoldOutput && rates is not null ? inputs.SelectMany(input => Outputs(input, rates)) : inputs, terms);
    }

    /// <summary>The cost at a service tier; at the standard one for a model that has no price at that tier.</summary>
    public static decimal? CostOf(ModelPrice price, in Usage usage, in PriceTerms terms)
    {
        var call = new BilledCall(price.Model, usage, terms);
        return price.AmountOf(call) ?? price.AmountOf(call with { Terms = terms with { ServiceTier = null } });
    }

    /// <summary>The cost of a demand at the terms that it was priced at.</summary>
    public static decimal? CostOf(ModelPrice price, CallDemand demand) => CostOf(price, demand, demand.Terms) + demand.ToolFeesUsd;

    private static decimal? CostOf(ModelPrice price, CallDemand demand, PriceTerms terms)
    {
        var fresh = new Usage { InputTokens = demand.InputTokens, OutputTokens = demand.OutputTokens, WebSearches = demand.WebSearches, AudioSeconds = demand.AudioSeconds };
        if (RatesOf(price, terms, demand.InputTokens) is not { } rates)
        {
            return null;
        }

        IEnumerable<Usage> inputs = demand.HasMedia ? Written(fresh, rates).Concat(Media(fresh, rates)) : Written(fresh, rates);
        return Dearest(price, inputs.SelectMany(input => Outputs(input, rates)), terms);
    }

    private static decimal? Dearest(ModelPrice price, IEnumerable<Usage> possible, PriceTerms terms) =>
        possible.Max(usage => CostOf(price, usage, terms));

    private static Rates? RatesOf(ModelPrice price, in PriceTerms terms, long input) =>
        price.RatesFor(terms, input) ?? price.RatesFor(terms with { ServiceTier = null }, input);

    // All of it may be written to the provider's cache.
    private static IEnumerable<Usage> Written(Usage usage, Rates rates)
    {
        yield return usage;
        Usage written = usage with { CacheWriteTokens = usage.InputTokens };
        if (rates[RateUnit.CacheWrite] is not null)
        {
            yield return written;
        }

        foreach (RateUnit unit in RateUnits.LongCacheWrites.Where(unit => rates[unit] is not null))
        {
            yield return written.With(unit, usage.InputTokens);
        }
    }

    private static IEnumerable<Usage> Media(Usage usage, Rates rates)
    {
        IEnumerable<RateUnit> media = RateUnits.InputMedia.Select(static medium => medium.Unit);
        return AllAsOne(usage, usage.Without(RateUnits.Caching).Without(media), media, usage.InputTokens, rates);
    }

    private static IEnumerable<Usage> Outputs(Usage usage, Rates rates)
    {
        Usage plain = usage.Without(RateUnits.OutputParts);
        return AllAsOne(plain, plain, RateUnits.OutputParts, usage.OutputTokens, rates);
    }

    // All of it may be of any one kind that has a price of its own.
    private static IEnumerable<Usage> AllAsOne(Usage usage, Usage plain, IEnumerable<RateUnit> kinds, long tokens, Rates rates) =>
        kinds.Where(unit => rates[unit] is not null).Select(unit => plain.With(unit, tokens)).Prepend(usage);
}
