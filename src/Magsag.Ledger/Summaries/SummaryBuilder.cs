using Magsag.Ledger.Figures;
using Magsag.Ledger.Files;
using Magsag.Ledger.Lines;
using Magsag.Ledger.Records;
using Magsag.Pricing.Catalogue;
using Magsag.Pricing.Costs;
using Magsag.Pricing.Listings;

namespace Magsag.Ledger.Summaries;

/// <summary>Adds ledger records up to a summary.</summary>
/// <remarks>Not thread-safe. Memory grows with the number of distinct entries and runs, not with the number of records.</remarks>
internal sealed class SummaryBuilder
{
    // A power of two: so many kinds of calls may come by turns without being looked up again.
    private const int Places = 512;

    // The clock of a file server may differ, and time zones be mistaken for another.
    private static readonly TimeSpan ClockTolerance = TimeSpan.FromDays(1);

    private readonly PriceCatalog _catalog;
    private readonly Dictionary<(EntryKey Key, int Line), RunningTotals> _entries = [];
    private readonly Dictionary<string, RunningTotals> _customers = new(StringComparer.Ordinal);
    private readonly Dictionary<SpendKey, SpendRow> _spend = [];
    private readonly Dictionary<string, RunOutcome> _runs = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (string? File, int Line)> _sites = new(StringComparer.Ordinal);
    private readonly SummarisedRuns _summarisedRuns = new();
    private readonly SummaryPlace?[] _places = new SummaryPlace?[Places];
    private long _cacheHits;
    private decimal _avoidedUsd;
    private long _failedCalls;
    private long _corrections;
    private decimal _correctionsUsd;
    private int _tornLines;
    private long _callsAhead;
    private DateTimeOffset? _from;
    private DateTimeOffset? _to;

    /// <summary>Makes an empty summary.</summary>
    /// <param name="catalog">Knows the context tiers that calls are told apart by; the embedded catalogue when null.</param>
    public SummaryBuilder(PriceCatalog? catalog = null) => _catalog = catalog ?? PriceCatalog.Embedded;

    /// <summary>The catalogue that context tiers are told by.</summary>
    internal PriceCatalog Catalog => _catalog;

    /// <summary>Where the next record stands among all: of two calls of the same time the one that stands behind the other is the later one.</summary>
    internal long Place { get; set; }

    /// <summary>When the ledger was last written that the next records are from, in UTC: none of its calls can be later. Null when that isn't known.</summary>
    internal DateTime? LastWrite { get; set; }

    /// <summary>What a later version wrote and this one doesn't know.</summary>
    internal UnknownParts Unknown { get; private set; }

    /// <summary>The sessions whose ledger lines were added.</summary>
    internal HashSet<Guid> Sessions { get; } = [];

    /// <summary>Adds one record.</summary>
    public void Add(LedgerRecord record) => Add(record.Fields);

    internal void Add(in RecordFields record)
    {
        Place++;
        if (record.Kind == CallOutcome.Correction)
        {
            AddCorrections(1, record.CostUsd ?? 0m);
            AddFigures(record);
            return;
        }

        AddPeriod(record.Timestamp, record.Timestamp);
        _callsAhead += record.Timestamp.UtcDateTime - LastWrite > ClockTolerance ? 1 : 0;
        if (record.Kind == CallOutcome.CacheHit)
        {
            AddCacheHits(1, record.AvoidedUsd ?? 0m);
            OutcomeOf(record.RunId)?.Add(record.Timestamp.UtcTicks, Place, record.Kind);
            return;
        }

        if (record.Kind == CallOutcome.Error)
        {
            _failedCalls++;
        }

        AddFigures(record).Run?.Add(record.Timestamp.UtcTicks, Place, record.Kind);
    }

    /// <summary>Adds every record that is left in a ledger file.</summary>
    /// <exception cref="UnreadableInputException">A line isn't a ledger line.</exception>
    public void Add(LedgerReader ledger) => Add(ledger, null, CancellationToken.None);

    internal void Add(LedgerReader ledger, LedgerFilter? filter, CancellationToken cancellationToken)
    {
        LastWrite = ledger.LastWrite;
        while (ledger.TryRead())
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (filter?.Admits(ledger.Fields) ?? true)
            {
                Add(ledger.Fields);
            }
        }

        AddCaveats(ledger);
    }

    /// <summary>Adds what there is to say about a ledger whose records were added.</summary>
    internal void AddCaveats(LedgerReader ledger)
    {
        AddCounts(0, ledger.TornLines);
        Unknown += ledger.Unknown;
        Sessions.UnionWith(ledger.Sessions);
    }

    /// <summary>Adds a summary that was made before: of one run, or of one part of a test run that was split.</summary>
    /// <remarks>A run that several summaries name counts once. The same records must not be in two of them.</remarks>
    internal void Add(CostSummary summary)
    {
        foreach (CostEntry entry in summary.Entries)
        {
            Of(_entries, (entry.Key, entry.Line)).Add(entry.Totals);
        }

        foreach (CostShare customer in summary.Customers)
        {
            Of(_customers, customer.Name).Add(customer.Totals);
        }

        foreach (RunSpend spend in summary.Spend)
        {
            SpendOf(spend.Start, spend.Call).Add(new TokenTotals { Calls = spend.Calls, InputTokens = spend.Tokens, CostUsd = spend.CostUsd, UnpricedCalls = spend.CallsOfUnknownCost, EstimatedCalls = spend.EstimatedCalls });
        }

        _summarisedRuns.Add(summary);
        AddCacheHits(summary.CacheHits, summary.AvoidedUsd);
        AddCounts(summary.FailedCalls, summary.TornLines);
        AddCorrections(summary.Corrections, summary.CorrectionsUsd);
        if (summary is { From: { } from, To: { } to })
        {
            AddPeriod(from, to);
        }
    }

    /// <summary>Adds what another builder added up of other records. The other one is of no use afterwards.</summary>
    /// <remarks>Summaries are added after everything is merged.</remarks>
    internal void Merge(SummaryBuilder other)
    {
        AddPending();
        other.AddPending();
        Merge(_entries, other._entries);
        Merge(_customers, other._customers);
        foreach (KeyValuePair<SpendKey, SpendRow> row in other._spend)
        {
            if (_spend.TryGetValue(row.Key, out SpendRow? known))
            {
                known.Totals.Add(row.Value.Totals);
            }
            else
            {
                _spend[row.Key] = row.Value;
            }
        }

        foreach (KeyValuePair<string, RunOutcome> run in other._runs)
        {
            Of(_runs, run.Key).Add(run.Value);
        }

        AddCacheHits(other._cacheHits, other._avoidedUsd);
        AddCounts(other._failedCalls, other._tornLines);
        AddCorrections(other._corrections, other._correctionsUsd);
        Unknown += other.Unknown;
        Sessions.UnionWith(other.Sessions);
        _callsAhead += other._callsAhead;
        if (other is { _from: { } from, _to: { } to })
        {
            AddPeriod(from, to);
        }
    }

    private static void Merge<TKey>(Dictionary<TKey, RunningTotals> totals, Dictionary<TKey, RunningTotals> others)
        where TKey : notnull
    {
        foreach (KeyValuePair<TKey, RunningTotals> other in others)
        {
            Of(totals, other.Key).Add(other.Value);
        }
    }

    /// <summary>A run whose records were added and which a summary has too; null when there is none.</summary>
    internal string? RunOfBoth(CostSummary summary) => summary.Spend.Select(static spend => spend.RunId).FirstOrDefault(run => run is not null && _runs.ContainsKey(run));

    internal void AddCacheHits(long cacheHits, decimal avoidedUsd)
    {
        _cacheHits = TokenSum.Of(_cacheHits, cacheHits);
        _avoidedUsd = MoneySum.Add(_avoidedUsd, avoidedUsd);
    }

    internal void AddCounts(long failedCalls, int tornLines)
    {
        _failedCalls = TokenSum.Of(_failedCalls, failedCalls);
        _tornLines = (int)Math.Min(int.MaxValue, (long)_tornLines + tornLines);
    }

    internal void AddCorrections(long corrections, decimal usd)
    {
        _corrections = TokenSum.Of(_corrections, corrections);
        _correctionsUsd = MoneySum.Add(_correctionsUsd, usd);
    }

    internal void AddPeriod(DateTimeOffset from, DateTimeOffset to)
    {
        _from = _from is { } first && first <= from ? first : from;
        _to = _to is { } last && last >= to ? last : to;
    }

    /// <summary>The summary of what was added so far.</summary>
    public CostSummary ToSummary()
    {
        AddPending();
        CostEntry[] entries = [.. _entries
            .Select(static e => new CostEntry(e.Key.Key, e.Key.Line, TotalsOf(e.Value)))
            .OrderBy(static e => e.Key).ThenBy(static e => e.Line)];
        return new CostSummary
        {
            Totals = SumOf(entries),
            CacheHits = _cacheHits,
            AvoidedUsd = _avoidedUsd,
            FailedCalls = _failedCalls,
            Corrections = _corrections,
            CorrectionsUsd = _correctionsUsd,
            Runs = _runs.Count + _summarisedRuns.Count,
            SuccessfulTasks = _runs.Values.Count(static run => run.IsSuccess) + _summarisedRuns.SuccessfulTasks,
            From = _from,
            To = _to,
            TornLines = _tornLines,
            Unknown = Unknown,
            CallsAhead = _callsAhead,
            Models = SharesOf(entries, static entry => entry.Key.Model),
            Agents = SharesOf(entries, static entry => entry.Key.Agent),
            Customers = [.. _customers.OrderBy(static c => c.Key, StringComparer.Ordinal).Select(static c => new CostShare(c.Key, TotalsOf(c.Value)))],
            Tests = SharesOf(entries, static entry => entry.Key.Test),
            Sites = SharesOf(entries, static entry => entry.Key.SiteFile is { } file ? file + ":" + entry.Line.ToString(System.Globalization.CultureInfo.InvariantCulture) : null),
            Entries = entries,
            Spend = SpendRows(),
        };
    }

    private RunSpend[] SpendRows()
    {
        SpendRow[] rows = [.. _spend.Values];
        Array.Sort(rows, SpendRow.Compare);
        return Array.ConvertAll(rows, static row => row.ToSpend());
    }

    // A correction can be added without its call; then it subtracts an unknown call that was never counted.
    private static TokenTotals TotalsOf(RunningTotals running)
    {
        TokenTotals totals = running.ToTotals();
        return totals is { UnmeteredCalls: >= 0, UnpricedCalls: >= 0, UnpricedTokens: >= 0, LowerBoundCalls: >= 0 }
            ? totals
            : totals with
            {
                UnmeteredCalls = Math.Max(0, totals.UnmeteredCalls),
                UnpricedCalls = Math.Max(0, totals.UnpricedCalls),
                UnpricedTokens = Math.Max(0, totals.UnpricedTokens),
                LowerBoundCalls = Math.Max(0, totals.LowerBoundCalls),
            };
    }

    private RunningTotals SpendOf(DateTimeOffset start, CallAttribution call)
    {
        var key = SpendKey.For(start, call);
        if (!_spend.TryGetValue(key, out SpendRow? row))
        {
            _spend[key] = row = new SpendRow(key, call);
        }

        return row.Totals;
    }

    private static TokenTotals SumOf(IEnumerable<CostEntry> entries)
    {
        var sum = new RunningTotals();
        foreach (CostEntry entry in entries)
        {
            sum.Add(entry.Totals);
        }

        return sum.ToTotals();
    }

    private static CostShare[] SharesOf(IEnumerable<CostEntry> entries, Func<CostEntry, string?> nameOf) =>
    [
        .. entries
            .GroupBy(nameOf, StringComparer.Ordinal)
            .Where(static group => group.Key is not null)
            .OrderBy(static group => group.Key, StringComparer.Ordinal)
            .Select(static group => new CostShare(group.Key!, SumOf(group))),
    ];

    private SummaryPlace AddFigures(in RecordFields record)
    {
        ref SummaryPlace? known = ref _places[SummaryPlace.HashOf(record) & (Places - 1)];
        if (known?.IsOf(record) != true)
        {
            known?.AddPending();
            known = PlaceOf(record);
        }

        SummaryPlace place = known;
        SetEntry(place, record);
        place.Pending.Add(record);
        return place;
    }

    // Calls of one kind mostly come close together, so what was looked up for one is kept for the next.
    private SummaryPlace PlaceOf(in RecordFields record) => new(record)
    {
        Price = record.Model is { } billed ? _catalog.Find(billed, record.Provider) : null,
        Run = record.Kind == CallOutcome.Correction ? null : OutcomeOf(record.RunId),
        Spend = SpendOf(RunSpend.SlotOf(record.Timestamp), CallAttribution.From(record)),
        Customer = record.Customer is { } customer ? Of(_customers, customer) : null,
    };

    private RunOutcome? OutcomeOf(string? run) => run is null ? null : Of(_runs, run);

    private void SetEntry(SummaryPlace place, in RecordFields record)
    {
        long tier = record.Counts[RateUnit.Input] is { } input && place.Price is { } price ? price.ContextTierOf(input, new PriceTerms(record.Timestamp)) : 0;
        if (place.Entry is not null && place.ContextTier == tier)
        {
            return;
        }

        (string? siteFile, int line) = SiteOf(record.Site);
        var key = new EntryKey(record.Test, record.Agent, record.OperationOrChat, record.Provider, record.Model ?? record.RequestedModel, siteFile, record.Member, record.ServiceTier, record.Batch, tier) { Region = record.Region };
        if (place.Entry is not null)
        {
            place.AddPending();
        }

        place.ContextTier = tier;
        place.Entry = Of(_entries, (key, line));
    }

    private void AddPending()
    {
        foreach (SummaryPlace? place in _places)
        {
            place?.AddPending();
        }
    }

    private (string? File, int Line) SiteOf(string? site)
    {
        if (site is null)
        {
            return (null, 0);
        }

        if (!_sites.TryGetValue(site, out (string? File, int Line) parsed))
        {
            int colon = site.LastIndexOf(':');
            parsed = colon > 0 && int.TryParse(site.Substring(colon + 1), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out int line)
                ? (site.Substring(0, colon), line)
                : (site, 0);
            _sites[site] = parsed;
        }

        return parsed;
    }

    private static TValue Of<TKey, TValue>(Dictionary<TKey, TValue> totals, TKey key)
        where TKey : notnull
        where TValue : class, new()
    {
        if (!totals.TryGetValue(key, out TValue? found))
        {
            totals[key] = found = new TValue();
        }

        return found;
    }
}
