using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Magsag.Ledger.Figures;
using Magsag.Ledger.Limits;
using Magsag.Ledger.Records;
using Microsoft.Extensions.Logging;

namespace Magsag.Runtime;

/// <summary>Adds up what this process spends and reports once when a threshold is crossed: by an event, in the log, and as an event of the current span.</summary>
/// <remarks>
/// Thread-safe and exact: however many calls end at once, exactly one of them crosses. Put one monitor into the options of all clients, handlers and listeners.
/// Unlike a budget it only reports; it stops nothing. The oldest run is forgotten when 65,536 are watched.
/// </remarks>
/// <example><code>var monitor = new CostMonitor([new(CostThresholdSubject.Customer, 5m)]);
/// monitor.Crossed += (_, crossing) => Notify(crossing.Name);</code></example>
public sealed class CostMonitor
{
    private const int MostRuns = 65_536;

    private readonly CostThreshold[] _thresholds;
    private readonly ILogger _logger;
    private readonly ConcurrentDictionary<(CostThresholdSubject Subject, string? Name), RunningCost> _costs = new();
    private readonly ConcurrentQueue<string> _runs = new();
    private long _unknownCalls;

    /// <summary>Makes a monitor.</summary>
    /// <param name="thresholds">The thresholds, each above 0 US dollars.</param>
    /// <param name="logger">Receives each crossing as a warning.</param>
    /// <exception cref="ArgumentOutOfRangeException">A threshold isn't above 0.</exception>
    public CostMonitor(IEnumerable<CostThreshold> thresholds, ILogger? logger = null)
    {
        ArgumentNullException.ThrowIfNull(thresholds);
        _thresholds = [.. thresholds.OrderBy(static threshold => threshold.Usd)];
        _logger = GuardedLogger.Around(logger);
        foreach (CostThreshold threshold in _thresholds)
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(threshold.Usd, nameof(thresholds));
        }
    }

    /// <summary>Makes a monitor of a policy's alerts on what a run costs (<c>cost_alerts</c>: <c>warn_cost_per_run_usd</c>), while the run spends.</summary>
    /// <param name="policy">The policy. Alerts on days, months, calls and tokens are the gate's business.</param>
    /// <param name="logger">Receives each crossing as a warning.</param>
    public static CostMonitor For(CostPolicy policy, ILogger? logger = null)
    {
        ArgumentNullException.ThrowIfNull(policy);
        return new CostMonitor(
            policy.Limits
                .Where(static limit => limit is { IsAlert: true, Subject: LimitSubject.Everything, Period: LimitPeriod.Run, Measure: LimitMeasure.UsDollars, Max: > 0m })
                .Select(static limit => new CostThreshold(CostThresholdSubject.Run, limit.Max!.Value)),
            logger);
    }

    /// <summary>Raised once per crossing, on the thread that ended the call. What a handler throws is logged and goes no further.</summary>
    public event EventHandler<CostThresholdCrossing>? Crossed;

    /// <summary>The known cost of all calls so far, in US dollars, exact.</summary>
    public decimal TotalUsd => SpentBy(CostThresholdSubject.Total);

    /// <summary>Calls whose cost isn't known, or only in part: the sums are lower bounds while this isn't 0.</summary>
    public long UnknownCalls => Interlocked.Read(ref _unknownCalls);

    /// <summary>The known cost so far of everything, or of one run, agent or customer; 0 for one that no call named or whose kind has no threshold.</summary>
    /// <param name="subject">What is added up.</param>
    /// <param name="name">The run, agent or customer.</param>
    public decimal SpentBy(CostThresholdSubject subject, string? name = null) =>
        _costs.TryGetValue((subject, name), out RunningCost? cost) ? cost.Usd : 0m;

    /// <summary>Adds a recorded call.</summary>
    internal void Add(LedgerRecord record)
    {
        if (record is { CostUsd: not null, IsLowerBound: true })
        {
            Interlocked.Increment(ref _unknownCalls);
        }

        if (record.CostUsd is not { } usd)
        {
            // A call that failed without usage was most likely never billed.
            if (record.Outcome != CallOutcome.Error || record.UsageSource != UsageSource.Unknown)
            {
                Interlocked.Increment(ref _unknownCalls);
            }

            return;
        }

        Add(CostThresholdSubject.Total, null, usd);
        Add(CostThresholdSubject.Run, record.RunId, usd);
        Add(CostThresholdSubject.Agent, record.Agent, usd);
        Add(CostThresholdSubject.Customer, record.Customer, usd);
    }

    private void Add(CostThresholdSubject subject, string? name, decimal usd)
    {
        if (subject != CostThresholdSubject.Total && (name is null || !_thresholds.Any(threshold => Concerns(threshold, subject, name))))
        {
            return;
        }

        RunningCost cost = _costs.TryGetValue((subject, name), out RunningCost? known) ? known : Begin(subject, name);
        (decimal before, decimal after) = cost.Add(usd);
        foreach (CostThreshold threshold in _thresholds)
        {
            if (threshold.Usd > before && threshold.Usd <= after && Concerns(threshold, subject, name))
            {
                Tell(new CostThresholdCrossing { Threshold = threshold, Name = name, SpentUsd = after });
            }
        }
    }

    private static bool Concerns(CostThreshold threshold, CostThresholdSubject subject, string? name) =>
        threshold.Subject == subject && (threshold.Name is null || threshold.Name == name);

    private RunningCost Begin(CostThresholdSubject subject, string? name)
    {
        var made = new RunningCost();
        RunningCost cost = _costs.GetOrAdd((subject, name), made);
        if (ReferenceEquals(cost, made) && subject == CostThresholdSubject.Run)
        {
            _runs.Enqueue(name!);
            if (_runs.Count > MostRuns && _runs.TryDequeue(out string? oldest))
            {
                _costs.TryRemove((CostThresholdSubject.Run, oldest), out _);
            }
        }

        return cost;
    }

    private void Tell(CostThresholdCrossing crossing)
    {
        string subject = crossing.Threshold.Subject.ToString().ToLowerInvariant();
        CostMeter.CountCrossing(subject);
        RuntimeLog.Crossed(_logger, subject, crossing.Name ?? "everything", MoneyText.Of(crossing.SpentUsd), MoneyText.Of(crossing.Threshold.Usd));
        Activity.Current?.AddEvent(new ActivityEvent("magsag.cost.threshold", tags: new ActivityTagsCollection
        {
            ["magsag.subject"] = subject,
            ["magsag.name"] = crossing.Name,
            ["magsag.spent_usd"] = crossing.SpentUsd.ToString(CultureInfo.InvariantCulture),
            ["magsag.threshold_usd"] = crossing.Threshold.Usd.ToString(CultureInfo.InvariantCulture),
        }));
        foreach (EventHandler<CostThresholdCrossing> handler in Crossed?.GetInvocationList() ?? [])
        {
            try
            {
                handler(this, crossing);
            }
            catch (Exception error)
            {
                CostMeter.CountFault();
                RuntimeLog.HandlerFailed(_logger, error);
            }
        }
    }
}
