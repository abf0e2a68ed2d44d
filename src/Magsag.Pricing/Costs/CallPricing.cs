namespace Magsag.Pricing;

/// <summary>Prices calls into a <see cref="Cost"/>, which says what is missing where a plain number could only say null.</summary>
public static class CallPricing
{
    /// <summary>The cost of one call; where it can't be known, what is known of it and the reason.</summary>
    /// <param name="catalog">The prices.</param>
    /// <param name="call">The call.</param>
    public static Cost PriceOf(this PriceCatalog catalog, in BilledCall call)
    {
        if ((catalog ?? throw new ArgumentNullException(nameof(catalog))).Find(call.Model, call.Provider) is not { } model)
        {
            return Missing(call, MissingReason.UnknownModel, UnknownModel(catalog, call.Model));
        }

        if (call.Usage.Problem is { } problem)
        {
            return Missing(call, MissingReason.InvalidUsage, problem);
        }

        if (model.PartsOf(call.Usage, call.Terms) is { } parts)
        {
            return parts.Total is { } total ? Cost.Money(total) : Missing(call, MissingReason.UnlistedUnit, UnlistedUnit(model, parts), parts.Known);
        }

        return model.PriceIdAt(call.Terms.At) is null
            ? Missing(call, MissingReason.NotInForce, $"The catalogue lists no price of {model} for {CatalogSyntax.Print(call.Terms.At.UtcDateTime)}.")
            : Missing(call, MissingReason.UnknownTier, $"The catalogue lists no price of {model} for the tier '{(call.Terms.Batch ? "batch" : call.Terms.ServiceTier)}'.");
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

    private static Cost Missing(in BilledCall call, MissingReason reason, string detail, decimal known = 0m) =>
        Cost.Unpriced(new MissingPrice(call.Model, reason, 1, Math.Max(0, call.Usage.InputTokens + call.Usage.OutputTokens), detail), known);

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
