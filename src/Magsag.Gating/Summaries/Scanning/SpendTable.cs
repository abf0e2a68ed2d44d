using System.Collections;
using System.Runtime.InteropServices;

namespace Magsag.Gating;

/// <summary>The rows of spend of many calls, in the order of <see cref="SpendKey"/>. A row takes few bytes here and becomes an object only while it is looked at.</summary>
internal sealed class SpendTable : IReadOnlyList<RunSpend>
{
    private readonly SymbolTable _symbols;
    private readonly Dictionary<int, LastCall> _runs;
    private readonly Dictionary<int, IReadOnlyDictionary<string, string>?> _tags = [];
    private readonly KeyValuePair<SpendSymbols, SpendTotals>[] _rows;
    private readonly int[] _order;

    private SpendTable(SymbolTable symbols, Dictionary<SpendSymbols, SpendTotals> rows, Dictionary<int, LastCall> runs)
    {
        _symbols = symbols;
        _runs = runs;
        _rows = [.. rows];
        _order = OrderOf(_rows, symbols.Ranks());
        foreach (int tags in _rows.Select(static row => row.Key.Tags).Distinct())
        {
            _tags[tags] = TagText.Parse(symbols[tags]);
        }
    }

    public int Count => _order.Length;

    public RunSpend this[int index] => RowOf(_rows[_order[index]]);

    /// <summary>How many runs there are, those without spend too.</summary>
    public int Runs => _runs.Count;

    /// <summary>Runs whose last call was answered.</summary>
    public int SuccessfulRuns => _runs.Values.Count(static last => last.Outcome is CallOutcome.Ok or CallOutcome.CacheHit);

    /// <summary>Joins what threads found. The totals are of no use afterwards.</summary>
    public static SpendTable Of(IReadOnlyList<CallTotals> threads)
    {
        if (threads.Count == 0)
        {
            return new SpendTable(new SymbolTable(), [], []);
        }

        CallTotals most = threads.MaxBy(static totals => totals.Spend.Count)!;
        foreach (CallTotals other in threads.Where(other => other != most))
        {
            Join(most, other);
        }

        return new SpendTable(most.Symbols, most.Spend, most.Runs);
    }

    public bool HasRun(string run) => _symbols.Known(run) is var symbol and not SymbolTable.None && _runs.ContainsKey(symbol);

    public IEnumerator<RunSpend> GetEnumerator() => _order.Select(row => RowOf(_rows[row])).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private static void Join(CallTotals target, CallTotals other)
    {
        int[] joined = target.Symbols.Join(other.Symbols);
        target.Spend.EnsureCapacity(target.Spend.Count + other.Spend.Count);
        foreach ((SpendSymbols row, SpendTotals totals) in other.Spend)
        {
            var key = new SpendSymbols(joined[row.RunId], joined[row.Agent], joined[row.Model], joined[row.Customer], joined[row.BillingTier], joined[row.Tags], row.Slot);
            CollectionsMarshal.GetValueRefOrAddDefault(target.Spend, key, out _).Add(totals);
        }

        target.Runs.EnsureCapacity(target.Runs.Count + other.Runs.Count);
        foreach ((int run, LastCall last) in other.Runs)
        {
            ref LastCall known = ref CollectionsMarshal.GetValueRefOrAddDefault(target.Runs, joined[run], out bool exists);
            known = !exists || known.IsBefore(last) ? last : known;
        }
    }

    // By time and run first, which tell nearly all rows apart and fit one number.
    private static int[] OrderOf(KeyValuePair<SpendSymbols, SpendTotals>[] rows, int[] ranks)
    {
        ulong[] keys = Array.ConvertAll(rows, row => ((ulong)(uint)row.Key.Slot << 32) | (uint)ranks[row.Key.RunId]);
        int[] order = [.. Enumerable.Range(0, rows.Length)];
        Array.Sort(keys, order);
        var byTheRest = Comparer<int>.Create((one, other) => Compare(rows[one].Key, rows[other].Key, ranks));
        for (int start = 0, end; start < keys.Length; start = end)
        {
            end = start + 1;
            while (end < keys.Length && keys[end] == keys[start])
            {
                end++;
            }

            if (end - start > 1)
            {
                Array.Sort(order, start, end - start, byTheRest);
            }
        }

        return order;
    }

    private static int Compare(in SpendSymbols one, in SpendSymbols other, int[] ranks)
    {
        int order = ranks[one.Agent].CompareTo(ranks[other.Agent]);
        order = order != 0 ? order : ranks[one.Model].CompareTo(ranks[other.Model]);
        order = order != 0 ? order : ranks[one.Customer].CompareTo(ranks[other.Customer]);
        order = order != 0 ? order : ranks[one.BillingTier].CompareTo(ranks[other.BillingTier]);
        return order != 0 ? order : ranks[one.Tags].CompareTo(ranks[other.Tags]);
    }

    private RunSpend RowOf(in KeyValuePair<SpendSymbols, SpendTotals> row)
    {
        SpendSymbols key = row.Key;
        SpendTotals totals = row.Value;
        var call = new CallAttribution
        {
            RunId = _symbols[key.RunId],
            Agent = _symbols[key.Agent],
            Model = _symbols[key.Model],
            Customer = _symbols[key.Customer],
            BillingTier = _symbols[key.BillingTier],
            Tags = _tags[key.Tags],
        };
        return new RunSpend(new DateTimeOffset(key.Slot * RunSpend.Slot.Ticks, TimeSpan.Zero), call, totals.Calls, totals.Tokens, totals.CostUsd, totals.CallsOfUnknownCost) { EstimatedCalls = totals.EstimatedCalls };
    }
}
