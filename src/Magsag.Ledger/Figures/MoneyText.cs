using System.Globalization;
using Magsag.Pricing.Costs;


namespace Magsag.Ledger.Figures;

/// <summary>Figures as people read them: the one place where money is rounded.</summary>
internal static class MoneyText
{
    /// <summary>The change between costs that can't be compared.</summary>
    internal const string UnknownChange = "unknown";

    private const decimal MostPercent = 1_000_000_000_000m;

    /// <summary>An amount with two decimals from a dollar up and three significant digits below: <c>$1,234.50</c>, <c>$0.0421</c>, <c>$0.00000123</c>.</summary>
    /// <param name="usd">US dollars.</param>
    public static string Of(decimal usd)
    {
        decimal amount = Math.Abs(usd);
        string sign = usd < 0 ? "-$" : "$";
        if (amount == 0m)
        {
            return "$0";
        }

        if (amount >= 1m)
        {
            return sign + amount.ToString("#,##0.00", CultureInfo.InvariantCulture);
        }

        int leadingZeros = 0;
        for (decimal scaled = amount * 10m; scaled < 1m && leadingZeros < 25; scaled *= 10m)
        {
            leadingZeros++;
        }

        decimal rounded = Math.Round(amount, leadingZeros + 3, MidpointRounding.AwayFromZero);
        return sign + ExactMoney.WithoutTrailingZeros(rounded).ToString("0.00##########################", CultureInfo.InvariantCulture);
    }

    /// <summary>A cost with how well it is known: <c>$0.42</c>, <c>about $0.42</c>, <c>at least $0.42 (unpriced: gpt-99, 3 calls, 1200 tokens)</c>.</summary>
    /// <param name="cost">The cost.</param>
    public static string Of(Cost cost) => cost.Kind switch
    {
        CostKind.Unpriced => $"{BoundOf(cost)} ({cost.MissingText})",
        _ => BoundOf(cost),
    };

    /// <summary>The same without what a lower bound leaves out, where that stands beside it: <c>at least $0.42</c>.</summary>
    internal static string BoundOf(Cost cost) => cost.Kind switch
    {
        CostKind.Money => Of(cost.LowerBound),
        CostKind.Estimated => "about " + Of(cost.LowerBound),
        _ => "at least " + Of(cost.LowerBound),
    };

    /// <summary>The change from one amount to another in percent, with its sign: <c>+0.7 %</c>; <c>new</c> where there was nothing before.</summary>
    public static string ChangeOf(decimal before, decimal after)
    {
        if (before == 0m)
        {
            return after == 0m ? "±0 %" : "new";
        }

        decimal percent = PercentBetween(before, after);
        if (percent == MostPercent)
        {
            return "more than +1,000,000,000,000 %";
        }

        string format = Math.Abs(percent) >= 100m ? "#,##0" : "0.#";
        string text = Math.Abs(percent).ToString(format, CultureInfo.InvariantCulture);
        return text == "0" ? "±0 %" : (percent < 0 ? "-" : "+") + text + " %";
    }

    /// <summary>The change from one cost to another. Lower bounds compare only where both lack the same calls: else a call without a price would look like money saved.</summary>
    internal static string ChangeOf(Cost before, Cost after)
    {
        bool unpriced = before.Kind == CostKind.Unpriced || after.Kind == CostKind.Unpriced;
        if (!unpriced || LackTheSame(before, after))
        {
            return ChangeOf(before.LowerBound, after.LowerBound);
        }

        return after.CompareWith(before) == CostOrder.Greater && before.LowerBound > 0m ? "at least " + ChangeOf(before.LowerBound, after.LowerBound) : UnknownChange;
    }

    /// <summary>By how many percent a cost changed; null where that isn't known or there was nothing before.</summary>
    internal static decimal? PercentOf(Cost before, Cost after) =>
        before.LowerBound > 0m && ((before.Kind != CostKind.Unpriced && after.Kind != CostKind.Unpriced) || LackTheSame(before, after))
            ? PercentBetween(before.LowerBound, after.LowerBound)
            : null;

    // From next to nothing any rise is astronomic, and its figure fits no number.
    private static decimal PercentBetween(decimal before, decimal after)
    {
        decimal rise = after - before;
        return rise / MostPercent * 100m >= before ? MostPercent : rise / before * 100m;
    }

    private static bool LackTheSame(Cost before, Cost after) =>
        before.Missing.Select(static missing => (missing.Model, missing.Reason, missing.Calls)).SequenceEqual(after.Missing.Select(static missing => (missing.Model, missing.Reason, missing.Calls)));

    /// <summary>A count with thousands separators.</summary>
    public static string Count(long count) => count.ToString("#,##0", CultureInfo.InvariantCulture);
}
