using System.Reflection;

namespace Magsag.Pricing.Listings;

/// <summary>Answers by the table that <see cref="RateUnit"/> is.</summary>
internal static class RateUnits
{
    /// <summary>How many units there are.</summary>
    public const int Count = (int)RateUnit.AudioHour + 1;

    /// <summary>How many of them, the first ones, have a member and a column of their own.</summary>
    public const int Columns = (int)RateUnit.Reasoning + 1;

    private static readonly UnitAttribute[] Units = [.. All.Select(static unit => typeof(RateUnit).GetField(unit.ToString())!.GetCustomAttribute<UnitAttribute>()!)];
    private static readonly string[] UnitWords = Array.ConvertAll(Units, static unit => unit.Word);

    public static IEnumerable<RateUnit> All => Enumerable.Range(0, Count).Select(static unit => (RateUnit)unit);

    /// <summary>The catalogue's words.</summary>
    public static IReadOnlyList<string> Words => UnitWords;

    /// <summary>What is read from or written to the provider's cache.</summary>
    public static RateUnit[] Caching { get; } = [.. All.Where(static unit => Units[(int)unit].IsCaching)];

    /// <summary>The parts of the input that aren't text.</summary>
    public static (RateUnit Unit, RateUnit? Cached)[] InputMedia { get; } =
        [.. PartsOf(RateUnit.Input).Where(static unit => (int)unit >= Columns).Select(static unit => (unit, PartsOf(unit).Select(static part => (RateUnit?)part).FirstOrDefault()))];

    /// <summary>The parts of the output.</summary>
    public static RateUnit[] OutputParts { get; } = [.. PartsOf(RateUnit.Output)];

    /// <summary>The cache writes whose price depends on how long they live.</summary>
    public static RateUnit[] LongCacheWrites { get; } = [.. PartsOf(RateUnit.CacheWrite)];

    public static string WordOf(RateUnit unit) => Units[(int)unit].Word;

    /// <summary>The key of a team's own prices.</summary>
    public static string KeyOf(RateUnit unit) => Units[(int)unit].Key;

    /// <summary>The name of the count in ledger lines, summaries and stores; null for what isn't counted of a call.</summary>
    public static string? CountOf(RateUnit unit) => Units[(int)unit].Count;

    public static RateUnit? Find(string word)
    {
        int index = Array.IndexOf(UnitWords, word);
        return index < 0 ? null : (RateUnit)index;
    }

    /// <summary>Per token, and so subject to batch discounts and region uplifts; fees are not.</summary>
    public static bool IsPerToken(RateUnit unit) => TotalOf(unit) is RateUnit.Input or RateUnit.Output;

    public static bool IsOutput(RateUnit unit) => TotalOf(unit) == RateUnit.Output;

    private static IEnumerable<RateUnit> PartsOf(RateUnit total) => All.Where(unit => unit != total && Units[(int)unit].PartOf == total);

    private static RateUnit TotalOf(RateUnit unit)
    {
        RateUnit partOf = Units[(int)unit].PartOf;
        return partOf == unit ? unit : TotalOf(partOf);
    }
}
