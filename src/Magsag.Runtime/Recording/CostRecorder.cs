using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Magsag.Ledger.Records;
using Magsag.Pricing.Catalogue;
using Magsag.Pricing.Costs;
using Magsag.Pricing.Tokens;
using Microsoft.Extensions.Logging;

namespace Magsag.Runtime.Recording;

/// <summary>Turns an observed call into a record: prices it, attributes it to the current scope and hands it to the ledger.</summary>
internal sealed class CostRecorder
{
    private static readonly ConcurrentDictionary<string, CostLedger> Ledgers = new(StringComparer.Ordinal);
    private static readonly ConditionalWeakTable<CostLedger, RecentFailures> FailuresByLedger = [];
    private static readonly ConditionalWeakTable<CostLedger, UnfinishedAnswers> UnfinishedByLedger = [];
    private static readonly ConcurrentDictionary<string, bool> ToldPaths = new(StringComparer.Ordinal);

    /// <summary>The run of what no scope gives a run.</summary>
    public static readonly string ProcessRunId = $"run-{RecordId.New(DateTimeOffset.UtcNow)}";

    private readonly CostLedger _ledger;
    private readonly ILogger _logger;
    private readonly CallSiteCapture? _callSites;
    private readonly AmbientTest? _tests;
    private readonly PriceCatalog? _catalog;
    private readonly CostMonitor? _monitor;
    private readonly UnpricedModels _unpriced;

    private CostRecorder(CostLedger ledger, ILogger logger, CallSiteCapture? callSites, AmbientTest? tests, PriceCatalog? catalog, CostMonitor? monitor)
    {
        _ledger = ledger;
        _logger = logger;
        _unpriced = new UnpricedModels(logger);
        _callSites = callSites;
        _tests = tests;
        _catalog = catalog;
        _monitor = monitor;
    }

    /// <summary>The test that is running; null outside test hosts and where it isn't known.</summary>
    public string? CurrentTest => CostScope.Current?.Test ?? _tests?.Name;

    public string RunsDirectory => _ledger.RunsDirectory;

    /// <summary>The session that it records in; null where it writes elsewhere than into files.</summary>
    public Guid? SessionId => _ledger.SessionId;

    /// <summary>The failed calls of all clients that record in the same ledger: what fails on one is often asked of another one then.</summary>
    public RecentFailures Failures => FailuresByLedger.GetValue(_ledger, static _ => new RecentFailures(TimeProvider.System));

    /// <summary>Whether a call that recorded in the same ledger waits for the answer with an id.</summary>
    public bool AwaitsAnswer(string id) => UnfinishedAnswers.Any && UnfinishedByLedger.TryGetValue(_ledger, out UnfinishedAnswers? unfinished) && unfinished.Knows(id);

    /// <summary>Makes a recorder with the options that an app asked for.</summary>
    public static CostRecorder Create(Action<CostTrackingOptions>? configure, ILoggerFactory? loggers)
    {
        var options = new CostTrackingOptions();
        configure?.Invoke(options);
        return Create(options, loggers, RecordingHost.Current);
    }

    /// <inheritdoc cref="Create(Action{CostTrackingOptions}, ILoggerFactory)"/>
    public static CostRecorder Create(CostTrackingOptions options, ILoggerFactory? loggers, RecordingHost host)
    {
        ILogger logger = GuardedLogger.From(loggers);
        CostLedger ledger = options.Ledger ?? LedgerOf(options.RunsDirectory is { } directory ? Path.GetFullPath(directory) : host.RunsDirectory, logger, host);
        bool captures = options.CaptureCallSites ?? host.IsTestHost;
        var recorder = new CostRecorder(ledger, logger, captures ? new CallSiteCapture(host) : null, host.IsTestHost ? AmbientTest.Instance : null, options.Prices ?? RecordingPrices.For(host, logger), options.Monitor);
        recorder.RememberTest();
        return recorder;
    }

    /// <summary>Completes when everything that was recorded so far in the ledgers of this process is written or lost.</summary>
    public static Task FlushAsync(CancellationToken cancellationToken) => Task.WhenAll(Ledgers.Values.Select(ledger => ledger.FlushRecordsAsync(cancellationToken)));

    /// <summary>The call site of the code that is calling right now; null when call sites aren't captured or none is found.</summary>
    public CallSite? CaptureSite() => CaptureSite(out _);

    /// <inheritdoc cref="CaptureSite()"/>
    /// <param name="isConfined">True when an async method of a library stands between.</param>
    public CallSite? CaptureSite(out bool isConfined)
    {
        isConfined = false;
        try
        {
            CallSite? site = _callSites?.Capture(out isConfined);
            if (_tests is not null && site?.Test is { } test)
            {
                AmbientTest.Remember(test);
            }

            return site;
        }
        catch (Exception error)
        {
            ReportFault(error);
            return null;
        }
    }

    // Where a test makes its own client, calls that leave the test's stack are still known to be its.
    private void RememberTest()
    {
        try
        {
            if (_tests is { Name: null } && _callSites?.FindTest() is { } test)
            {
                AmbientTest.Remember(test);
            }
        }
        catch (Exception error)
        {
            ReportFault(error);
        }
    }

    /// <summary>Counts a call that begins, in a test host.</summary>
    public void Begin() => _ledger.BeginCall();

    /// <summary>Counts a call that has ended and is recorded, in a test host.</summary>
    public void End() => _ledger.EndCall();

    /// <summary>Says that the tests of this process ran to their end.</summary>
    public static void MarkOver()
    {
        foreach (CostLedger ledger in Ledgers.Values)
        {
            ledger.MarkOver();
        }
    }

    /// <summary>Says which tests of this process ran, and which were skipped.</summary>
    public static void TellTests(IReadOnlyCollection<string> ran, IReadOnlyCollection<string> skipped)
    {
        foreach (CostLedger ledger in Ledgers.Values)
        {
            ledger.TellTests(ran, skipped);
        }
    }

    /// <summary>Records a call. Whatever goes wrong is logged and counted; the app's call goes on.</summary>
    public void Record(in CallObservation call)
    {
        try
        {
            if (call.AnswerId is { } answer)
            {
                RecordInParts(call, answer);
            }
            else if (call.OtherModels is { Count: > 0 })
            {
                RecordEach(call);
            }
            else if (!call.IsFree)
            {
                RecordOne(call);
            }
        }
        catch (Exception error)
        {
            ReportFault(error);
        }
    }

    /// <summary>Says once for each path that what came from there can't be read.</summary>
    public void WarnOfUnreadable(string provider, string path)
    {
        const int MostPaths = 1_000;
        if (ToldPaths.Count < MostPaths && ToldPaths.TryAdd($"{provider} {path}", true))
        {
            RuntimeLog.Unreadable(_logger, provider, path);
        }
    }

    /// <summary>What other models used for an answer, as calls of their own: each is priced, and compared with a baseline, as its own model's.</summary>
    public static IEnumerable<CallObservation> OthersOf(CallObservation call) => (call.OtherModels ?? []).Select(other => call with
    {
        Id = null,
        OtherModels = null,
        Model = other.Model,
        RequestedModel = other.Model,
        Usage = other.Usage,
        UsageIssue = null,
        KnownCostUsd = null,
        DurationMilliseconds = null,
    });

    private void RecordOne(in CallObservation call)
    {
        // The thread that writes normalises what is unusual; here only what would fill the memory is cut.
        LedgerRecord record = ToRecord(call);
        record = RecordNormalizer.HasLongName(record) ? RecordNormalizer.Normalize(record) : record;
        _ledger.Enqueue(record);
        Publish(record);
    }

    private void RecordEach(CallObservation call)
    {
        CallObservation whole = call with { CallId = call.CallId ?? RecordId.New(call.Started).ToString() };
        RecordOne(whole);
        foreach (CallObservation other in OthersOf(whole))
        {
            RecordOne(other);
        }
    }

    // What is asked for again is the end of a call that is known, or one that was recorded already.
    private void RecordInParts(CallObservation call, string answer)
    {
        if (call.IsUnfinished && !call.IsPoll)
        {
            // Where it ends, the scope that is current then isn't the call's.
            CallObservation kept = call with { Scope = call.Scope ?? CostScope.Current };
            if (UnfinishedByLedger.GetValue(_ledger, StartKeeping).TryKeep(answer, kept))
            {
                return;
            }
        }

        CallObservation? known = !call.IsPoll ? call with { IsUnfinished = false }
            : !call.IsUnfinished && UnfinishedByLedger.TryGetValue(_ledger, out UnfinishedAnswers? unfinished) ? unfinished.Finish(answer, call)
            : null;
        if (known is { } finished)
        {
            Record(finished with { AnswerId = null });
        }
    }

    private UnfinishedAnswers StartKeeping(CostLedger ledger)
    {
        var unfinished = new UnfinishedAnswers();
        ledger.Ending += () =>
        {
            foreach (CallObservation call in unfinished.TakeAll())
            {
                Record(call with { AnswerId = null });
            }
        };
        return unfinished;
    }

    /// <summary>Appends a record and completes when it is written.</summary>
    /// <exception cref="IOException">It couldn't be written.</exception>
    public async Task AppendAsync(LedgerRecord record, CancellationToken cancellationToken)
    {
        await _ledger.AppendAsync(record, cancellationToken).ConfigureAwait(false);
        Publish(record);
    }

    /// <summary>Logs a call of a tool.</summary>
    public void Log(McpCall call) => _ledger.Enqueue(call);

    /// <summary>Logs and counts what went wrong while recording; the app's call goes on.</summary>
    public void ReportFault(Exception error)
    {
        CostMeter.CountFault();
        RuntimeLog.Fault(_logger, error);
    }

    private static CostLedger LedgerOf(string runsDirectory, ILogger logger, RecordingHost host) =>
        Ledgers.GetOrAdd(runsDirectory, static (directory, made) => new CostLedger(directory, new CostLedgerOptions { Logger = made.logger }, made.host), (logger, host));

    /// <summary>The record of a call: priced, and attributed to its scope.</summary>
    public LedgerRecord ToRecord(in CallObservation call)
    {
        CostScope? scope = call.Scope ?? CostScope.Current;
        scope?.RecordedIn(_ledger);
        bool isHit = call.Outcome == CallOutcome.CacheHit;
        CallPrice price = Price(call);
        decimal? cost = isHit ? 0m : call.KnownCostUsd ?? price.Usd;
        string? issue = call.UsageIssue ?? price.Issue;

        // What a cache replays was used and paid for by another call.
        bool metered = isHit || call.Usage is not null;
        Usage usage = isHit ? default : call.Usage.GetValueOrDefault();
        return new LedgerRecord
        {
            Id = call.Id ?? RecordId.New(call.Started),
            Timestamp = call.Started,
            RunId = scope?.RunId ?? ProcessRunId,
            ParentRunId = scope?.ParentRunId,
            CallId = call.CallId,
            Agent = scope?.Agent,
            Customer = scope?.Customer,
            BillingTier = scope?.BillingTier,
            Tags = scope?.Tags,
            Provider = call.Provider,
            Model = call.Model,
            RequestedModel = call.RequestedModel,
            Operation = call.Operation,
            Outcome = call.Outcome,
            Counts = metered ? RecordCounts.Of(usage) : default,
            Extras = metered ? UsageExtras.Of(usage) : null,
            UsageSource = !metered ? UsageSource.Unknown : call.IsCounted ? UsageSource.Counted : UsageSource.Reported,
            UsageIssue = issue,
            CostUsd = cost,
            IsLowerBound = !isHit && cost is not null && (call.KnownCostUsd is null ? UsageIssue.IsLowerBound(issue) : issue == UsageIssue.UpstreamCostUnknown),
            AvoidedUsd = isHit ? price.Usd : null,
            PriceId = price.Id,
            Batch = call.IsBatch,
            Replayed = call.IsReplayed,
            ServiceTier = call.ServiceTier,
            Region = call.Region,
            DurationMilliseconds = call.DurationMilliseconds is { } milliseconds ? Math.Round(milliseconds, 3) : null,
            Test = scope?.Test ?? _tests?.Name ?? call.Site?.Test,
            Site = call.Site?.Location,
            Member = call.Site?.Member,
            Module = call.Site?.Module,
        };
    }

    // What the catalogue says that a call costs, or would have cost, and which of its entries says so where that is what counts.
    private CallPrice Price(in CallObservation call)
    {
        if (_catalog is null || call.Usage is not { } usage || (call.Model ?? call.RequestedModel) is not { } model)
        {
            return default;
        }

        ModelPrice? price = _catalog.Find(model, call.Provider);
        var terms = new PriceTerms(call.Started, call.ServiceTier, call.IsBatch, call.Region);
        decimal? usd = price?.AmountOf(new BilledCall(model, usage, terms, call.Provider));
        string? issue = null;
        if (price is not null && (usd is null || call.UsageIssue == UsageIssue.RequestFeeUnknown))
        {
            // Where all tokens have a price and only a fee has none, what the tokens cost is known.
            usd = price.PartsOf(usage, terms) is { Input: { } input, Output: { } output } ? input + output : null;
            issue = usd is null ? null : UsageIssue.ToolFeeUnknown;
        }

        if (usd is null && call.KnownCostUsd is null && call.Outcome != CallOutcome.CacheHit)
        {
            _unpriced.Report(model, price, _catalog);
        }

        return new CallPrice(usd, usd is null || call.KnownCostUsd is not null ? null : price!.PriceIdAt(call.Started), call.KnownCostUsd is null ? issue : null);
    }

    // Meter and monitor see the figures that the ledger keeps.
    private void Publish(LedgerRecord record)
    {
        // What a cassette answered was priced, not spent.
        if (record.Replayed || (_monitor is null && !CostMeter.IsEnabled))
        {
            return;
        }

        record = RecordNormalizer.Normalize(record);
        CostMeter.Measure(record);
        _monitor?.Add(record);
    }
}
