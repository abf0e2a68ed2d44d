namespace Magsag.Pricing;

/// <summary>Prices calls into a <see cref="Cost"/>, which says what is missing where a plain number could only say null.</summary>
public static class CallPricing
{
    /// <summary>The cost of one call; where it can't be known, what is known of it and the reason.</summary>
    /// <param name="catalog">The prices.</param>
    /// <param name="call">The call.</param>
    public static Cost PriceOf(this PriceCatalog catalog, in BilledCall call) => PriceOfTotals(catalog, call, calls: 1);

    /// <summary>The cost of many calls from their summed token counts; the average input of a call chooses the context-length tier.</summary>
    /// <param name="catalog">The prices.</param>
    /// <param name="totals">What the calls have in common, with the token counts of all of them together.</param>
    /// <param name="calls">How many calls they are, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="calls"/> is below 1.</exception>
    public static Cost PriceOfTotals(this PriceCatalog catalog, in BilledCall totals, long calls)
    {
        if (calls < 1)
        {
            throw new ArgumentOutOfRangeException(nameof(calls), calls, "Token totals stand for at least one call.");
        }

        if ((catalog ?? throw new ArgumentNullException(nameof(catalog))).Find(totals.Model, totals.Provider) is not { } model)
        {
            return Missing(totals, calls, MissingReason.UnknownModel, UnknownModel(catalog, totals.Model));
        }

        if (totals.Usage.Problem is { } problem)
        {
            return Missing(totals, calls, MissingReason.InvalidUsage, problem);
        }

        if (model.PartsOf(totals.Usage, totals.Terms, totals.Usage.InputTokens / calls, calls) is { } parts)
        {
            return parts.Total is { } total ? Cost.Money(total) : Missing(totals, calls, MissingReason.UnlistedUnit, UnlistedUnit(model, parts), parts.Known);
        }

        return model.PriceIdAt(totals.Terms.At) is null
            ? Missing(totals, calls, MissingReason.NotInForce, $"The catalogue lists no price of {model} for {CatalogSyntax.Print(totals.Terms.At.UtcDateTime)}.")
            : Missing(totals, calls, MissingReason.UnknownTier, $"The catalogue lists no price of {model} for the tier '{(totals.Terms.Batch ? "batch" : totals.Terms.ServiceTier)}'.");
    }

    /// <summary>Prices calls as if all had been made at one time: what history would cost at that day's prices.</summary>
    /// <param name="catalog">The prices.</param>
    /// <param name="calls">The calls.</param>
    /// <param name="at">The time whose prices apply, or null for each call's own.</param>
    public static Cost Reprice(this PriceCatalog catalog, IEnumerable<BilledCall> calls, DateTimeOffset? at = null)
    {
        var sum = default(Cost);
        foreach (BilledCall call in calls ?? throw new ArgumentNullException(nameof(calls)))
        {
            sum += catalog.PriceOf(at is { } time ? call with { Terms = call.Terms with { At = time } } : call);
        }

        return sum;
    }

    private static Cost Missing(in BilledCall totals, long calls, MissingReason reason, string detail, decimal known = 0m) =>
        Cost.Unpriced(new MissingPrice(totals.Model, reason, calls, TokensOf(totals.Usage), detail), known);

    // Counts that can't be must not turn into a sum that looks as if it could.
    private static long TokensOf(in Usage usage)
    {
        decimal sum = Math.Max(0m, usage.InputTokens) + Math.Max(0m, usage.OutputTokens);
        return (long)Math.Min(sum, long.MaxValue);
    }

    private static string UnknownModel(PriceCatalog catalog, string id)
    {
        IReadOnlyList<string> nearest = catalog.Nearest(id);
        string hint = nearest.Count > 0 ? $"the nearest names are {string.Join(", ", nearest)}" : "no name is near";
        return $"The catalogue doesn't know the model '{id}'; {hint}. Add it to magsag.prices.yaml.";
    }

    private static string UnlistedUnit(ModelPrice model, in CostParts parts)
    {
        string what = parts.Input is null ? "input" : parts.Output is null ? "output" : "searches or audio";
        return $"The catalogue lists no price of {model} for {what}.";
    }
}
