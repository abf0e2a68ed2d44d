using System.Runtime.InteropServices;
using Magsag.Pricing;

namespace Magsag.Gating;

/// <summary>What one thread adds up of the lines that it scans. Numbers of distinct entries and runs bound its memory, not the number of lines.</summary>
internal sealed class CallTotals(SymbolTable symbols, LedgerFilter? filter, PriceCatalog catalog)
{
    private readonly CallGroup?[] _groups = new CallGroup?[1024];
    private readonly Dictionary<EntrySymbols, RunningTotals> _entries = [];
    private readonly Dictionary<SpendSymbols, SpendTotals> _spend = [];
    private readonly Dictionary<int, RunningTotals> _customers = [];
    private readonly Dictionary<int, LastCall> _runs = [];
    private readonly Dictionary<int, int> _orderedTags = [];
    private readonly Dictionary<(int Model, int Provider), ModelPrice?> _prices = [];
    private long _cacheHits;
    private decimal _avoidedUsd;
    private long _failedCalls;
    private long _corrections;
    private decimal _correctionsUsd;
    private long _from = long.MaxValue;
    private long _to = long.MinValue;

    public int TornLines { get; set; }

    /// <summary>The spend by run and what else policies judge by; complete after <see cref="Finish"/>, as are the runs.</summary>
    public Dictionary<SpendSymbols, SpendTotals> Spend => _spend;

    /// <summary>The last call of each run.</summary>
    public Dictionary<int, LastCall> Runs => _runs;

    public SymbolTable Symbols => symbols;

    public void Add(in ScannedCall call, CallPlace place)
    {
        if (filter is not null && !Admits(call))
        {
            return;
        }

        CallGroup group = GroupOf(call);
        if (call.Outcome == CallOutcome.Correction)
        {
            _corrections++;
            _correctionsUsd += call.CostUsd ?? 0m;
            group.Add(call);
            return;
        }

        _from = Math.Min(_from, call.UtcTicks);
        _to = Math.Max(_to, call.UtcTicks);
        group.AddLast(new LastCall(call.UtcTicks, place, call.Outcome));
        if (call.Outcome == CallOutcome.CacheHit)
        {
            _cacheHits++;
            _avoidedUsd += call.AvoidedUsd;
            return;
        }

        _failedCalls += call.Outcome == CallOutcome.Error ? 1 : 0;
        group.Add(call);
    }

    private bool Admits(in ScannedCall call) => filter!.Admits(
        symbols[call.Symbols.Of(LedgerMember.RunId)],
        symbols[call.Symbols.Of(LedgerMember.Agent)],
        symbols[call.Symbols.Of(LedgerMember.Customer)],
        symbols[call.Symbols.Of(LedgerMember.Model)],
        symbols[call.Symbols.Of(LedgerMember.RequestedModel)],
        call.UtcTicks);

    // Calls of one kind come close together: what a few kinds add up is kept at hand, and only moved to where it belongs when others need the place.
    private CallGroup GroupOf(in ScannedCall call)
    {
        int slot = (int)(call.UtcTicks / RunSpend.Slot.Ticks);
        long tier = ContextTierOf(call);
        ref CallGroup? group = ref _groups[CallGroup.HashOf(call.Symbols, slot, tier) & (_groups.Length - 1)];
        if (group?.Is(call.Symbols, slot, tier) == true)
        {
            return group;
        }

        if (group is null)
        {
            group = new CallGroup();
        }
        else
        {
            Move(group);
        }

        group.Restart(call.Symbols, slot, tier);
        return group;
    }

    private void Move(CallGroup group)
    {
        ref readonly CallSymbols call = ref group.Symbols;
        if (group.HasFigures)
        {
            Of(_entries, EntrySymbols.Of(group)).Add(group.Totals);
            group.Totals.AddTo(ref CollectionsMarshal.GetValueRefOrAddDefault(_spend, SpendSymbols.Of(call, InOrder(call.Of(LedgerMember.Tags)), group.Slot), out _));
            if (call.Of(LedgerMember.Customer) is var customer and not SymbolTable.None)
            {
                Of(_customers, customer).Add(group.Totals);
            }
        }

        if (call.Of(LedgerMember.RunId) is var run and not SymbolTable.None && group.Last is { } last)
        {
            ref LastCall known = ref CollectionsMarshal.GetValueRefOrAddDefault(_runs, run, out bool exists);
            known = !exists || known.IsBefore(last) ? last : known;
        }
    }

    // The same tags may stand in lines in any order.
    private int InOrder(int tags)
    {
        if (tags == SymbolTable.None)
        {
            return tags;
        }

        ref int ordered = ref CollectionsMarshal.GetValueRefOrAddDefault(_orderedTags, tags, out bool exists);
        return exists ? ordered : ordered = symbols.Of(TagText.Of(TagText.Parse(symbols[tags])));
    }

    /// <summary>Moves everything to where it belongs, after the last call was added.</summary>
    public void Finish()
    {
        foreach (CallGroup group in _groups.OfType<CallGroup>())
        {
            Move(group);
        }

        Array.Clear(_groups);
    }

    /// <summary>Hands everything on to a summary but spend and runs, of which other threads have a part.</summary>
    public void AddTo(SummaryBuilder summary)
    {
        foreach ((EntrySymbols entry, RunningTotals totals) in _entries)
        {
            var key = new EntryKey(symbols[entry.Test], symbols[entry.Agent], symbols[entry.Operation]!, symbols[entry.Provider], symbols[entry.Model], null, symbols[entry.Member], symbols[entry.ServiceTier], entry.Batch, entry.ContextTier) { Region = symbols[entry.Region] };
            summary.AddEntry(key, symbols[entry.Site], totals);
        }

        foreach ((int customer, RunningTotals totals) in _customers)
        {
            summary.AddCustomer(symbols[customer]!, totals);
        }

        summary.AddCacheHits(_cacheHits, _avoidedUsd);
        summary.AddCounts(_failedCalls, TornLines);
        summary.AddCorrections(_corrections, _correctionsUsd);
        if (_from <= _to)
        {
            summary.AddPeriod(new DateTimeOffset(_from, TimeSpan.Zero), new DateTimeOffset(_to, TimeSpan.Zero));
        }
    }

    private static RunningTotals Of<TKey>(Dictionary<TKey, RunningTotals> totals, TKey key)
        where TKey : notnull
    {
        ref RunningTotals? found = ref CollectionsMarshal.GetValueRefOrAddDefault(totals, key, out _);
        return found ??= new RunningTotals();
    }

    private long ContextTierOf(in ScannedCall call)
    {
        int model = call.Symbols.Of(LedgerMember.Model), provider = call.Symbols.Of(LedgerMember.Provider);
        if (model == SymbolTable.None || call.InputTokens < 0)
        {
            return 0;
        }

        ref ModelPrice? price = ref CollectionsMarshal.GetValueRefOrAddDefault(_prices, (model, provider), out bool exists);
        if (!exists)
        {
            price = catalog.Find(symbols[model]!, symbols[provider]);
        }

        return price?.ContextTierOf(call.InputTokens, new PriceTerms(new DateTimeOffset(call.UtcTicks, TimeSpan.Zero))) ?? 0;
    }
}
