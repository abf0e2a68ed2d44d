namespace Magsag.Gating;

/// <summary>Over what a limit adds spend up.</summary>
public enum LimitPeriod
{
    /// <summary>One run.</summary>
    Run,

    /// <summary>One calendar day in UTC.</summary>
    Day,

    /// <summary>One calendar month in UTC.</summary>
    Month,
}
