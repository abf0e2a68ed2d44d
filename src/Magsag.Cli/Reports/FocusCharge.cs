using System.Globalization;

namespace Magsag.Cli.Reports;

/// <summary>One kind of tokens of one month, customer, agent and model, and what they cost.</summary>
/// <param name="Month">The first day of the month, in UTC.</param>
/// <param name="Group">Whose calls they are.</param>
/// <param name="Meter">The kind of tokens: <c>input</c>, <c>cached input</c>, <c>cache write</c>, <c>output</c>, <c>calls</c> where only their cost is known, or <c>correction</c>.</param>
/// <param name="Tokens">How many tokens.</param>
/// <param name="ListUnitUsd">The list price per million tokens in US dollars; null when there is none.</param>
/// <param name="CostUsd">Their part of the recorded cost.</param>
/// <param name="PriceId">The price in force.</param>
internal sealed record FocusCharge(DateTimeOffset Month, CostGroup Group, string Meter, long Tokens, decimal? ListUnitUsd, decimal CostUsd, string? PriceId)
{
    private const string CorrectionMeter = "correction";
    private const decimal Million = 1_000_000m;

    // A trillionth of a dollar, the smallest unit of catalogue prices.
    private const int Places = 12;

    public decimal ListUsd => ListUnitUsd is { } price ? Tokens * price / Million : CostUsd;

    /// <summary>Whether the charge corrects others of the month: it stands for no usage.</summary>
    public bool IsCorrection => Meter == CorrectionMeter;

    /// <summary>Whether the row says how many calls the group has: one row of a group does, so that a column of counts adds up to the calls.</summary>
    public bool CountsCalls { get; private init; }

    public string? Customer => Group.Key[1];

    public string? Agent => Group.Key[2];

    public string Provider => Group.Key[3] ?? "unknown";

    public string Model => Group.Key[4] ?? "unknown";

    /// <summary>Splits what a group of calls was recorded to cost over the kinds of their tokens, and adds its corrections; the parts add up to the cost to the last digit.</summary>
    public static IReadOnlyList<FocusCharge> From(CostGroup group, PriceCatalog catalog)
    {
        var month = DateTimeOffset.ParseExact(group.Key[0]!, "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
        DateTimeOffset lastMoment = month.AddMonths(1).AddTicks(-1);
        ModelPrice? price = group.Key[4] is { } model ? catalog.Find(model, group.Key[3]) : null;
        Rates? rates = price?.RatesFor(new PriceTerms(lastMoment));
        string? priceId = price?.PriceIdAt(lastMoment);
        List<FocusCharge> charges = group.Totals.Calls == 0 ? [] : CreateCharges(group, month, rates, priceId);
        if (charges is [var first, ..])
        {
            charges[0] = first with { CountsCalls = true };
        }

        if (group.Corrections > 0)
        {
            charges.Add(new FocusCharge(month, group, CorrectionMeter, 0, null, group.CorrectionsUsd, priceId));
        }

        return charges;
    }

    private static List<FocusCharge> CreateCharges(CostGroup group, DateTimeOffset month, Rates? rates, string? priceId)
    {
        decimal recorded = group.Totals.CostUsd - group.CorrectionsUsd;
        List<FocusCharge> charges = [.. Meters(group.Totals, rates).Where(static meter => meter.Tokens > 0).Select(meter => new FocusCharge(month, group, meter.Name, meter.Tokens, meter.Price, 0m, priceId))];
        decimal list = charges.Sum(static charge => charge.ListUsd);
        return list == 0m
            ? [new FocusCharge(month, group, "calls", group.Totals.TotalTokens, null, recorded, priceId)]
            : Allocated(charges, recorded, list);
    }

    private static IEnumerable<(string Name, long Tokens, decimal? Price)> Meters(TokenTotals totals, Rates? rates) =>
    [
        ("input", totals.InputTokens - totals.CachedInputTokens - totals.CacheWriteTokens, rates?.Input),
        ("cached input", totals.CachedInputTokens, rates?[RateUnit.CachedInput] ?? rates?.Input),
        ("cache write", totals.CacheWriteTokens, rates?[RateUnit.CacheWrite] ?? rates?.Input),
        ("output", totals.OutputTokens, rates?.Output),
    ];

    // Discounts, batches and dearer request tiers are in the recorded cost: each kind bears its part. The last one bears what rounding leaves.
    private static List<FocusCharge> Allocated(List<FocusCharge> charges, decimal costUsd, decimal listUsd)
    {
        decimal rest = costUsd;
        for (int index = 0; index < charges.Count; index++)
        {
            decimal part = index == charges.Count - 1 ? rest : Math.Round(costUsd * (charges[index].ListUsd / listUsd), Places);
            rest -= part;
            charges[index] = charges[index] with { CostUsd = part };
        }

        return charges;
    }
}
