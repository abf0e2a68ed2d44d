using Magsag.Pricing.Tokens;

namespace Magsag.Pricing.Costs;

/// <summary>All that decides what a call costs, or what several calls cost whose token counts were summed.</summary>
/// <param name="Model">The model as billed.</param>
/// <param name="Usage">The token counts of the call, or of all calls together.</param>
/// <param name="Terms">When and how the call was made.</param>
/// <param name="Provider">The provider that was called, when known.</param>
public readonly record struct BilledCall(string Model, Usage Usage, PriceTerms Terms, string? Provider = null)
{
    // Fields, so that pricing reads them where they are instead of copying them.
    internal readonly Usage UsageField = Usage;
    internal readonly PriceTerms TermsField = Terms;
    private readonly long _furtherCalls;

    /// <summary>The token counts of the call, or of all calls together.</summary>
    public Usage Usage
    {
        get => UsageField;
        init => UsageField = value;
    }

    /// <summary>When and how the call was made.</summary>
    public PriceTerms Terms
    {
        get => TermsField;
        init => TermsField = value;
    }

    /// <summary>How many calls <see cref="Usage"/> is the sum of: 1 unless set. The average input of a call then chooses the context-length tier.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is below 1.</exception>
    public long Calls
    {
        get => _furtherCalls + 1;
        init => _furtherCalls = value >= 1 ? value - 1 : throw new ArgumentOutOfRangeException(nameof(Calls), value, "Token totals stand for at least one call.");
    }

    /// <summary>The cost of this call while a part of it has no price.</summary>
    internal Cost Unpriced(MissingReason reason, string detail, decimal known = 0m) =>
        Cost.Unpriced(new MissingPrice(Model, reason, Calls, TokensOf(Usage), detail), known);

    // Counts that can't be must not turn into a sum that looks as if it could.
    private static long TokensOf(in Usage usage)
    {
        decimal sum = Math.Max(0m, usage.InputTokens) + Math.Max(0m, usage.OutputTokens);
        return (long)Math.Min(sum, long.MaxValue);
    }
}
