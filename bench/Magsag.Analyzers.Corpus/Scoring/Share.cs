using System.Globalization;

namespace Magsag.Analyzers.Corpus.Scoring;

/// <summary>A share of a whole, with Wilson's interval at 95 %.</summary>
internal readonly record struct Share(int Part, int Whole)
{
    private const double Quantile = 1.959964;

    /// <summary>The bounds of the interval, from 0 to 1; the whole must not be 0.</summary>
    public (double Low, double High) Interval
    {
        get
        {
            double share = (double)Part / Whole;
            double spread = Quantile * Quantile / Whole;
            double center = share + (spread / 2);
            double reach = Quantile * Math.Sqrt(((share * (1 - share)) + (spread / 4)) / Whole);
            return (Math.Max(0, (center - reach) / (1 + spread)), Math.Min(1, (center + reach) / (1 + spread)));
        }
    }

    public override string ToString() => Whole == 0 ? "–" : string.Create(CultureInfo.InvariantCulture, $"{100.0 * Part / Whole:0} % ({100 * Interval.Low:0}–{100 * Interval.High:0})");
}
