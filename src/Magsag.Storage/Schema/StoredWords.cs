namespace Magsag.Storage.Schema;

/// <summary>The words for numbers that stand for enumeration values in the database, in the order of those values.</summary>
internal static class StoredWords
{
    public static IReadOnlyList<string> Outcomes { get; } = ["ok", "error", "cancelled", "cache_hit", "correction"];

    /// <summary>A cost that is no bound has no word.</summary>
    public static IReadOnlyList<string> CostBounds { get; } = ["none", "lower"];

    public static IReadOnlyList<string> UsageSources { get; } = ["unknown", "reported", "counted"];
}
