namespace Magsag.Gating;

/// <summary>Calls that no part of a summary tells apart.</summary>
internal sealed class CallGroup
{
    private CallSymbols _symbols;

    public ref readonly CallSymbols Symbols => ref _symbols;

    /// <summary>The stretch of time that the calls were made in, counted from the year 1 (<see cref="RunSpend.Slot"/>).</summary>
    public int Slot { get; private set; }

    public long ContextTier { get; private set; }

    public RunningTotals Totals { get; } = new();

    /// <summary>Whether there is anything in the totals; cache hits leave nothing there.</summary>
    public bool HasFigures { get; private set; }

    /// <summary>The last of the calls; null when there are only corrections.</summary>
    public LastCall? Last { get; private set; }

    /// <summary>Forgets everything and stands for other calls.</summary>
    public void Restart(in CallSymbols symbols, int slot, long contextTier)
    {
        (_symbols, Slot, ContextTier, HasFigures, Last) = (symbols, slot, contextTier, false, null);
        Totals.Clear();
    }

    public void Add(in ScannedCall call)
    {
        HasFigures = true;
        Totals.Add(call.Figures);
    }

    public void AddLast(in LastCall call) => Last = Last is not { } known || known.IsBefore(call) ? call : known;

    public bool Is(in CallSymbols symbols, int slot, long contextTier) =>
        slot == Slot && contextTier == ContextTier && ((ReadOnlySpan<int>)symbols).SequenceEqual(_symbols);

    // Symbols are small and dense: a factor of its own for each spreads them well enough.
    public static int HashOf(in CallSymbols symbols, int slot, long contextTier)
    {
        ulong hash = ((ulong)(uint)slot * 0xD6E8FEB86659FD93) + ((ulong)contextTier * 0xA0761D6478BD642F);
        ulong factor = 0x9E3779B97F4A7C15;
        foreach (int symbol in (ReadOnlySpan<int>)symbols)
        {
            hash += (uint)symbol * factor;
            factor += 0x3C6EF372FE94F82A;
        }

        return (int)(hash >> 40);
    }
}
