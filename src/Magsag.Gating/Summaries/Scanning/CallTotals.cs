using System.Runtime.InteropServices;
using Magsag.Pricing;

namespace Magsag.Gating;

/// <summary>What one thread adds up of the lines that it scans. Numbers of distinct entries and runs bound its memory, not the number of lines.</summary>
internal sealed class CallTotals(SymbolTable symbols, LedgerFilter? filter, PriceCatalog catalog)
{
    private readonly Dictionary<EntrySymbols, RunningTotals> _entries = [];
    private readonly Dictionary<SpendSymbols, RunningTotals> _spend = [];
    private readonly Dictionary<int, RunningTotals> _customers = [];
    private readonly Dictionary<int, LastCall> _runs = [];
    private readonly Dictionary<(int Model, int Provider), ModelPrice?> _prices = [];
    private long _cacheHits;
    private decimal _avoidedUsd;
    private long _failedCalls;
    private long _corrections;
    private decimal _correctionsUsd;
    private long _from = long.MaxValue;
    private long _to = long.MinValue;

    public int TornLines { get; set; }

    public void Add(in ScannedCall call, CallPlace place)
    {
        if (filter is not null && !filter.Admits(symbols[call.RunId], symbols[call.Agent], symbols[call.Customer], symbols[call.Model], symbols[call.RequestedModel], call.UtcTicks))
        {
            return;
        }

        if (call.Outcome == CallOutcome.Correction)
        {
            _corrections++;
            _correctionsUsd += call.CostUsd ?? 0m;
            AddFigures(call);
            return;
        }

        _from = Math.Min(_from, call.UtcTicks);
        _to = Math.Max(_to, call.UtcTicks);
        AddRun(call, place);
        if (call.Outcome == CallOutcome.CacheHit)
        {
            _cacheHits++;
            _avoidedUsd += call.AvoidedUsd;
            return;
        }

        _failedCalls += call.Outcome == CallOutcome.Error ? 1 : 0;
        AddFigures(call);
    }

    private void AddFigures(in ScannedCall call)
    {
        CallFigures figures = call.Figures;
        int model = call.Model != SymbolTable.None ? call.Model : call.RequestedModel;
        Of(_entries, new EntrySymbols(call.Test, call.Agent, call.Operation, call.Provider, model, call.Site, call.Member, call.ServiceTier, call.Region, call.Batch, ContextTierOf(call))).Add(figures);
        Of(_spend, new SpendSymbols(call.RunId, call.Agent, model, call.Customer, call.BillingTier, call.Tags, (int)(call.UtcTicks / RunSpend.Slot.Ticks))).Add(figures);
        if (call.Customer != SymbolTable.None)
        {
            Of(_customers, call.Customer).Add(figures);
        }
    }

    /// <summary>Hands everything on to a summary. Runs go into <paramref name="runs"/>, because another thread may know a later call of theirs.</summary>
    public void AddTo(SummaryBuilder summary, Dictionary<string, LastCall> runs)
    {
        foreach ((EntrySymbols entry, RunningTotals totals) in _entries)
        {
            var key = new EntryKey(symbols[entry.Test], symbols[entry.Agent], symbols[entry.Operation]!, symbols[entry.Provider], symbols[entry.Model], null, symbols[entry.Member], symbols[entry.ServiceTier], entry.Batch, entry.ContextTier) { Region = symbols[entry.Region] };
            summary.AddEntry(key, symbols[entry.Site], totals);
        }

        foreach ((SpendSymbols spend, RunningTotals totals) in _spend)
        {
            summary.AddSpend(new DateTimeOffset(spend.Slot * RunSpend.Slot.Ticks, TimeSpan.Zero), AttributionOf(spend), totals);
        }

        foreach ((int customer, RunningTotals totals) in _customers)
        {
            summary.AddCustomer(symbols[customer]!, totals);
        }

        foreach ((int run, LastCall last) in _runs)
        {
            ref LastCall known = ref CollectionsMarshal.GetValueRefOrAddDefault(runs, symbols[run]!, out bool exists);
            known = !exists || known.IsBefore(last) ? last : known;
        }

        summary.AddCacheHits(_cacheHits, _avoidedUsd);
        summary.AddCounts(_failedCalls, TornLines);
        summary.AddCorrections(_corrections, _correctionsUsd);
        if (_from <= _to)
        {
            summary.AddPeriod(new DateTimeOffset(_from, TimeSpan.Zero), new DateTimeOffset(_to, TimeSpan.Zero));
        }
    }

    private CallAttribution AttributionOf(in SpendSymbols spend) => new()
    {
        RunId = symbols[spend.RunId],
        Agent = symbols[spend.Agent],
        Model = symbols[spend.Model],
        Customer = symbols[spend.Customer],
        BillingTier = symbols[spend.BillingTier],
        Tags = TagText.Parse(symbols[spend.Tags]),
    };

    private void AddRun(in ScannedCall call, CallPlace place)
    {
        if (call.RunId == SymbolTable.None)
        {
            return;
        }

        var last = new LastCall(call.UtcTicks, place, call.Outcome);
        ref LastCall known = ref CollectionsMarshal.GetValueRefOrAddDefault(_runs, call.RunId, out bool exists);
        known = !exists || known.IsBefore(last) ? last : known;
    }

    private long ContextTierOf(in ScannedCall call)
    {
        if (call.Model == SymbolTable.None || call.InputTokens < 0)
        {
            return 0;
        }

        ref ModelPrice? price = ref CollectionsMarshal.GetValueRefOrAddDefault(_prices, (call.Model, call.Provider), out bool exists);
        if (!exists)
        {
            price = catalog.Find(symbols[call.Model]!, symbols[call.Provider]);
        }

        return price?.ContextTierOf(call.InputTokens, new PriceTerms(new DateTimeOffset(call.UtcTicks, TimeSpan.Zero))) ?? 0;
    }

    private static RunningTotals Of<TKey>(Dictionary<TKey, RunningTotals> totals, TKey key)
        where TKey : notnull
    {
        ref RunningTotals? found = ref CollectionsMarshal.GetValueRefOrAddDefault(totals, key, out _);
        return found ??= new RunningTotals();
    }
}
