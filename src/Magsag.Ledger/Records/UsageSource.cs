namespace Magsag.Ledger.Records;

/// <summary>Where a record's token counts come from.</summary>
public enum UsageSource
{
    /// <summary>The usage is unknown.</summary>
    Unknown,

    /// <summary>The provider reported the counts.</summary>
    Reported,

    /// <summary>Magsag counted the tokens itself, because the provider reported none.</summary>
    Counted,
}
