using System.Globalization;

namespace Magsag.Cli.Html;

/// <summary>How the amounts of one column are written: all with the same number of decimals, so that they stand below each other and can be compared.</summary>
internal sealed class MoneyColumn
{
    private readonly int _decimals;
    private readonly string _format;

    private MoneyColumn(int decimals)
    {
        _decimals = decimals;
        _format = "#,##0." + new string('0', decimals);
    }

    /// <summary>Enough decimals for the largest amount to have four significant digits, and at least cents.</summary>
    public static MoneyColumn For(IEnumerable<decimal> amounts)
    {
        decimal largest = amounts.Select(Math.Abs).DefaultIfEmpty().Max();
        int decimals = largest >= 100m || largest == 0m ? 2 : 4;
        for (decimal scaled = largest * 10m; scaled is > 0m and < 1m && decimals < 26; scaled *= 10m)
        {
            decimals++;
        }

        return new MoneyColumn(decimals);
    }

    /// <summary>An amount; what is too little for the column says so instead of passing for nothing.</summary>
    public string Text(decimal usd)
    {
        if (usd == 0m)
        {
            return "$0";
        }

        decimal rounded = Math.Round(Math.Abs(usd), _decimals, MidpointRounding.AwayFromZero);
        string sign = usd < 0m ? "-$" : "$";
        return rounded == 0m
            ? (usd < 0m ? "> " : "< ") + sign + Least.ToString(_format, CultureInfo.InvariantCulture)
            : sign + rounded.ToString(_format, CultureInfo.InvariantCulture);
    }

    /// <summary>A cost as well known as it is.</summary>
    public CostText Text(decimal usd, TokenTotals calls) => new(CostText.MarkFor(calls), CostText.IsUnknown(usd, calls) ? "unknown" : Text(usd));

    private decimal Least => new(1, 0, 0, isNegative: false, (byte)_decimals);
}
