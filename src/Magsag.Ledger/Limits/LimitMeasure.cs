namespace Magsag.Ledger.Limits;

/// <summary>What a limit counts.</summary>
public enum LimitMeasure
{
    /// <summary>US dollars.</summary>
    UsDollars,

    /// <summary>Billable calls.</summary>
    Calls,

    /// <summary>Tokens, input and output together.</summary>
    Tokens,
}
