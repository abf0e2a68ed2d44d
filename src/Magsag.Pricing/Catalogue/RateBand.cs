namespace Magsag.Pricing;

/// <summary>The prices in force above a number of input tokens, everything resolved that the catalogue leaves implicit.</summary>
internal sealed class RateBand(long over, Rates rates)
{
    public long Over => over;

    public Rates Rates => rates;

    /// <summary>The same prices for the fast way, or null when they don't fit it.</summary>
    public TextRates? Text { get; } = TextRates.Of(rates);

    public RateBand With(Rates other) => new(over, other);
}
