using System.Text;
using Magsag.Pricing.Listings;

namespace Magsag.Ledger.Records;

/// <summary>A count of usage as a member of ledger lines, of sums and of stores. All of them stand in <see cref="RateUnit"/>.</summary>
internal sealed class UsageCount
{
    private UsageCount(RateUnit unit, string name)
    {
        Unit = unit;
        Name = name;
        NameBytes = Encoding.UTF8.GetBytes(name);
        MemberBytes = Encoding.UTF8.GetBytes($",\"{name}\":");
    }

    /// <summary>Those that most calls have, in the order of their columns.</summary>
    public static UsageCount[] Columns { get; } = [.. Counts(static unit => (int)unit < RateUnits.Columns)];

    /// <summary>Those that few calls have, in the order in which they are written: of the input, of the output, fees.</summary>
    public static UsageCount[] Extras { get; } =
        [.. Counts(static unit => (int)unit >= RateUnits.Columns).OrderBy(static count => !RateUnits.IsPerToken(count.Unit) ? 2 : RateUnits.IsOutput(count.Unit) ? 1 : 0)];

    /// <summary>All of them, in the order in which they are written.</summary>
    public static UsageCount[] All { get; } = [.. Columns, .. Extras];

    private static Dictionary<string, UsageCount> ByName { get; } = All.ToDictionary(static count => count.Name, StringComparer.Ordinal);

    public RateUnit Unit { get; }

    /// <summary>The name in ledger lines, summaries and stores.</summary>
    public string Name { get; }

    /// <summary>The name in UTF-8.</summary>
    public byte[] NameBytes { get; }

    /// <summary>The name as the next member of a JSON object, with the comma before it and the colon behind it.</summary>
    public byte[] MemberBytes { get; }

    /// <summary>Whether it counts in whole numbers: all but the length of audio.</summary>
    public bool IsWhole => Unit != RateUnit.AudioHour;

    /// <summary>Whether it is all input or all output: totals are written even where they are 0.</summary>
    public bool IsTotal => Unit is RateUnit.Input or RateUnit.Output;

    /// <summary>The count of a name; null when there is none.</summary>
    public static UsageCount? Find(string name) => ByName.TryGetValue(name, out UsageCount? count) ? count : null;

    /// <summary>Whether <paramref name="amount"/> can be such a count.</summary>
    public bool Admits(decimal amount) => amount is >= 0 and < RecordLimits.Count && (!IsWhole || amount == decimal.Truncate(amount));

    private static IEnumerable<UsageCount> Counts(Func<RateUnit, bool> isWanted) =>
        from unit in RateUnits.All
        where isWanted(unit) && RateUnits.CountOf(unit) is not null
        select new UsageCount(unit, RateUnits.CountOf(unit)!);
}
