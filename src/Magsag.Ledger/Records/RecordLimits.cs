namespace Magsag.Ledger.Records;

/// <summary>What a record can hold. What lies beyond is a mistake of whoever reported it, and a few of them would overflow sums.</summary>
internal static class RecordLimits
{
    /// <summary>From this amount of US dollars on, what a call is said to have cost is unknown.</summary>
    public const decimal Usd = 1_000_000m;

    /// <summary>From this count on, what a call is said to have used is unknown.</summary>
    public const long Count = 1_000_000_000_000;

    /// <summary>The most characters of a name; longer ones are cut.</summary>
    public const int NameLength = 2048;

    /// <summary>The most tags of a record; of more the first ones in ordinal order are kept.</summary>
    public const int Tags = 64;
}
