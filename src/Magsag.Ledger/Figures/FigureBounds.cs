namespace Magsag.Ledger.Figures;

/// <summary>The largest figures that a file may state: beyond what any account will ever be billed, and far enough from the ends of the types that sums stay right.</summary>
internal static class FigureBounds
{
    /// <summary>A count of calls or tokens.</summary>
    public const long MostCount = 1_000_000_000_000_000;

    /// <summary>An amount of US dollars.</summary>
    public const decimal MostUsd = 1_000_000_000_000_000m;

    /// <summary>True for a time that calls may have been made at: calendars end before their types do.</summary>
    public static bool IsCredible(DateTimeOffset time) => time.UtcDateTime.Year is >= 1970 and < 3000;
}
