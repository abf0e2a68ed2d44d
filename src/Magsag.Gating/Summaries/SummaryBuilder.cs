using Magsag.Pricing;

namespace Magsag.Gating;

/// <summary>Adds ledger records up to a summary.</summary>
/// <remarks>Not thread-safe. Memory grows with the number of distinct entries and runs, not with the number of records.</remarks>
public sealed class SummaryBuilder
{
    private readonly PriceCatalog _catalog;
    private readonly Dictionary<(EntryKey Key, int Line), RunningTotals> _entries = [];
    private readonly Dictionary<string, RunningTotals> _customers = new(StringComparer.Ordinal);
    private readonly Dictionary<SpendKey, (CallAttribution Call, RunningTotals Totals)> _spend = [];
    private readonly Dictionary<string, RunOutcome> _runs = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (string? File, int Line)> _sites = new(StringComparer.Ordinal);
    private readonly HashSet<string> _summarisedRuns = new(StringComparer.Ordinal);
    private long _otherRuns;
    private long _otherSuccessfulTasks;
    private long _cacheHits;
    private decimal _avoidedUsd;
    private long _failedCalls;
    private long _corrections;
    private decimal _correctionsUsd;
    private int _tornLines;
    private DateTimeOffset? _from;
    private DateTimeOffset? _to;
    private SummaryPlace? _lastPlace;
    private IReadOnlyList<RunSpend> _orderedSpend = [];
    private Predicate<string>? _hasRun;

    /// <summary>Makes an empty summary.</summary>
    /// <param name="catalog">Knows the context tiers that calls are told apart by; the embedded catalogue when null.</param>
    public SummaryBuilder(PriceCatalog? catalog = null) => _catalog = catalog ?? PriceCatalog.Embedded;

    /// <summary>Adds one record.</summary>
    public void Add(LedgerRecord record)
    {
        if (record.Outcome == CallOutcome.Correction)
        {
            AddCorrections(1, record.CostUsd ?? 0m);
            AddFigures(record);
            return;
        }

        AddPeriod(record.Timestamp, record.Timestamp);
        if (record.Outcome == CallOutcome.CacheHit)
        {
            AddCacheHits(1, record.AvoidedUsd ?? 0m);
            OutcomeOf(record.RunId)?.Add(record.Timestamp, record.Outcome);
            return;
        }

        if (record.Outcome == CallOutcome.Error)
        {
            _failedCalls++;
        }

        AddFigures(record).Run?.Add(record.Timestamp, record.Outcome);
    }

    /// <summary>Adds every record that is left in a ledger file.</summary>
    /// <exception cref="UnreadableInputException">A line isn't a ledger line.</exception>
    public void Add(LedgerReader ledger) => Add(ledger, null, CancellationToken.None);

    internal void Add(LedgerReader ledger, LedgerFilter? filter, CancellationToken cancellationToken)
    {
        while (ledger.TryRead(out LedgerRecord record))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (filter?.Admits(record) ?? true)
            {
                Add(record);
            }
        }

        _tornLines += ledger.TornLines;
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

        int known = 0;
        foreach (RunSpend spend in summary.Spend)
        {
            Add(spend);
        }

        foreach (string run in summary.Spend.Select(static spend => spend.RunId).OfType<string>().Distinct(StringComparer.Ordinal))
        {
            known += _summarisedRuns.Add(run) ? 0 : 1;
        }

        _otherRuns += Math.Max(0, summary.Runs - known);
        _otherSuccessfulTasks += Math.Max(0, summary.SuccessfulTasks - known);
        AddCacheHits(summary.CacheHits, summary.AvoidedUsd);
        AddCounts(summary.FailedCalls, summary.TornLines);
        AddCorrections(summary.Corrections, summary.CorrectionsUsd);
        if (summary is { From: { } from, To: { } to })
        {
            AddPeriod(from, to);
        }
    }

    /// <summary>A run whose records were added and which a summary has too; null when there is none.</summary>
    internal string? RunOfBoth(CostSummary summary) => summary.Spend.Select(static spend => spend.RunId).FirstOrDefault(run => run is not null && (_runs.ContainsKey(run) || _hasRun?.Invoke(run) == true));

    internal void AddEntry(in EntryKey key, string? site, RunningTotals totals)
    {
        (string? file, int line) = SiteOf(site);
        Of(_entries, (key with { SiteFile = file }, line)).Add(totals);
    }

    /// <summary>Adds the spend of many runs, in order and without repetitions, and says what is known of the runs. Nothing else that has spend was added yet.</summary>
    /// <exception cref="InvalidOperationException">Something was: runs would count twice.</exception>
    internal void AddSpend(IReadOnlyList<RunSpend> spend, int runs, int successfulRuns, Predicate<string> hasRun)
    {
        if (_hasRun is not null || _spend.Count > 0 || _runs.Count > 0)
        {
            throw new InvalidOperationException("The spend of many runs comes first, and once: what was added before has spend already.");
        }

        _orderedSpend = spend;
        _hasRun = hasRun;
        _otherRuns += runs;
        _otherSuccessfulTasks += successfulRuns;
    }

    internal void AddCustomer(string customer, RunningTotals totals) => Of(_customers, customer).Add(totals);

    internal void AddCacheHits(long cacheHits, decimal avoidedUsd)
    {
        _cacheHits += cacheHits;
        _avoidedUsd += avoidedUsd;
    }

    internal void AddCounts(long failedCalls, int tornLines)
    {
        _failedCalls += failedCalls;
        _tornLines += tornLines;
    }

    internal void AddCorrections(long corrections, decimal usd)
    {
        _corrections += corrections;
        _correctionsUsd += usd;
    }

    internal void AddPeriod(DateTimeOffset from, DateTimeOffset to)
    {
        _from = _from is { } first && first <= from ? first : from;
        _to = _to is { } last && last >= to ? last : to;
    }

    /// <summary>The summary of what was added so far.</summary>
    public CostSummary ToSummary()
    {
        CostEntry[] entries = [.. _entries
            .Select(static e => new CostEntry(e.Key.Key, e.Key.Line, TotalsOf(e.Value)))
            .OrderBy(static e => e.Key).ThenBy(static e => e.Line)];
        return new CostSummary
        {
            Totals = entries.Aggregate(new TokenTotals(), static (sum, entry) => sum + entry.Totals),
            CacheHits = _cacheHits,
            AvoidedUsd = _avoidedUsd,
            FailedCalls = _failedCalls,
            Corrections = _corrections,
            CorrectionsUsd = _correctionsUsd,
            Runs = _runs.Count + _otherRuns,
            SuccessfulTasks = _runs.Values.Count(static run => run.Outcome is CallOutcome.Ok or CallOutcome.CacheHit) + _otherSuccessfulTasks,
            From = _from,
            To = _to,
            TornLines = _tornLines,
            Models = SharesOf(entries, static entry => entry.Key.Model),
            Agents = SharesOf(entries, static entry => entry.Key.Agent),
            Customers = [.. _customers.OrderBy(static c => c.Key, StringComparer.Ordinal).Select(static c => new CostShare(c.Key, TotalsOf(c.Value)))],
            Tests = SharesOf(entries, static entry => entry.Key.Test),
            Sites = SharesOf(entries, static entry => entry.Key.SiteFile is { } file ? file + ":" + entry.Line.ToString(System.Globalization.CultureInfo.InvariantCulture) : null),
            Entries = entries,
            Spend = SpendRows(),
        };
    }

    private void Add(RunSpend spend) =>
        SpendOf(spend.Start, spend.Call).Add(new TokenTotals { Calls = spend.Calls, InputTokens = spend.Tokens, CostUsd = spend.CostUsd, UnpricedCalls = spend.CallsOfUnknownCost, EstimatedCalls = spend.EstimatedCalls });

    private IReadOnlyList<RunSpend> SpendRows()
    {
        if (_spend.Count == 0)
        {
            return _orderedSpend;
        }

        foreach (RunSpend spend in _orderedSpend)
        {
            Add(spend);
        }

        _orderedSpend = [];
        return [.. _spend
            .OrderBy(static row => row.Key)
            .Select(static row => (row.Key, row.Value.Call, Totals: TotalsOf(row.Value.Totals)))
            .Select(static row => new RunSpend(row.Key.Start, row.Call, row.Totals.Calls, row.Totals.TotalTokens, row.Totals.CostUsd, row.Totals.UnpricedCalls + row.Totals.UnmeteredCalls) { EstimatedCalls = row.Totals.EstimatedCalls })];
    }

    // A correction whose call isn't among what was added takes back what nobody counted.
    private static TokenTotals TotalsOf(RunningTotals running)
    {
        TokenTotals totals = running.ToTotals();
        return totals is { UnmeteredCalls: >= 0, UnpricedCalls: >= 0, UnpricedTokens: >= 0 }
            ? totals
            : totals with { UnmeteredCalls = Math.Max(0, totals.UnmeteredCalls), UnpricedCalls = Math.Max(0, totals.UnpricedCalls), UnpricedTokens = Math.Max(0, totals.UnpricedTokens) };
    }

    private RunningTotals SpendOf(DateTimeOffset start, CallAttribution call)
    {
        var key = SpendKey.Of(start, call);
        if (!_spend.TryGetValue(key, out (CallAttribution Call, RunningTotals Totals) row))
        {
            _spend[key] = row = (call, new RunningTotals());
        }

        return row.Totals;
    }

    private static CostShare[] SharesOf(IEnumerable<CostEntry> entries, Func<CostEntry, string?> nameOf) =>
    [
        .. entries
            .GroupBy(nameOf, StringComparer.Ordinal)
            .Where(static group => group.Key is not null)
            .OrderBy(static group => group.Key, StringComparer.Ordinal)
            .Select(static group => new CostShare(group.Key!, group.Aggregate(new TokenTotals(), static (sum, entry) => sum + entry.Totals))),
    ];

    private SummaryPlace AddFigures(LedgerRecord record)
    {
        if (_lastPlace?.IsOf(record) != true)
        {
            _lastPlace = PlaceOf(record);
        }

        EntryOf(_lastPlace, record).Add(record);
        _lastPlace.Spend.Add(record);
        _lastPlace.Customer?.Add(record);
        return _lastPlace;
    }

    // Calls of one kind mostly come one after the other, so what was looked up for one is kept for the next.
    private SummaryPlace PlaceOf(LedgerRecord record) => new(record)
    {
        Price = record.Model is { } billed ? _catalog.Find(billed, record.Provider) : null,
        Run = record.Outcome == CallOutcome.Correction ? null : OutcomeOf(record.RunId),
        Spend = SpendOf(RunSpend.SlotOf(record.Timestamp), CallAttribution.Of(record)),
        Customer = record.Customer is { } customer ? Of(_customers, customer) : null,
    };

    private RunOutcome? OutcomeOf(string? run) => run is null ? null : Of(_runs, run);

    private RunningTotals EntryOf(SummaryPlace place, LedgerRecord record)
    {
        long tier = record.InputTokens is { } input && place.Price is { } price ? price.ContextTierOf(input, new PriceTerms(record.Timestamp)) : 0;
        if (place.Entry is { } known && place.ContextTier == tier)
        {
            return known;
        }

        (string? siteFile, int line) = SiteOf(record.Site);
        var key = new EntryKey(record.Test, record.Agent, record.Operation, record.Provider, record.Model ?? record.RequestedModel, siteFile, record.Member, record.ServiceTier, record.Batch, tier) { Region = record.Region };
        place.ContextTier = tier;
        return place.Entry = Of(_entries, (key, line));
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
