namespace Magsag.Ledger.Limits;

/// <summary>Over what a limit adds spend up.</summary>
public enum LimitPeriod
{
    /// <summary>One run.</summary>
    Run,

    /// <summary>One calendar day in the policy's time zone.</summary>
    Day,

    /// <summary>One calendar month in the policy's time zone.</summary>
    Month,

    /// <summary>A window of fixed length that ends now.</summary>
    Rolling,
}
