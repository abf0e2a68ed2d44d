using Magsag.Ledger.Lines;
using Magsag.Pricing.Costs;

namespace Magsag.Ledger.Summaries;

/// <summary>The aggregate of ledger records.</summary>
internal sealed record CostSummary
{
    /// <summary>The sums over everything. Their cost is the sum of the parts to the last digit.</summary>
    public TokenTotals Totals { get; init; } = new();

    /// <summary>The recorded cost, with what is known of how well it is known: where calls are unpriced or unmetered, a lower bound that says what it leaves out.</summary>
    public Cost Cost => RecordedCost.From(this);

    /// <summary>Calls that a cache answered; they are in no other figure.</summary>
    public long CacheHits { get; init; }

    /// <summary>What the cache hits would have cost in US dollars, as far as it is known.</summary>
    public decimal AvoidedUsd { get; init; }

    /// <summary>Calls that failed.</summary>
    public long FailedCalls { get; init; }

    /// <summary>Corrections of what calls cost; they are in the cost of whatever the corrected calls are in.</summary>
    public long Corrections { get; init; }

    /// <summary>What the corrections add to the cost in US dollars; negative when calls were recorded as too dear.</summary>
    public decimal CorrectionsUsd { get; init; }

    /// <summary>How many runs have calls here.</summary>
    public long Runs { get; init; }

    /// <summary>Runs whose last call was answered.</summary>
    public long SuccessfulTasks { get; init; }

    /// <summary>When the first call was made; null when there was none.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>When the last call was made; null when there was none.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>True when the run may have calls that aren't in this summary: only the ledger has them all.</summary>
    internal bool IsPartial { get; init; }

    /// <summary>Calls that were left out of a partial summary because it would have had too many rows.</summary>
    internal long LeftOutCalls { get; init; }

    /// <summary>The session whose calls a summary covers that was written while it recorded; null when it was made from ledgers.</summary>
    internal Guid? Session { get; init; }

    /// <summary>Lines that broke off and were skipped.</summary>
    public int TornLines { get; init; }

    /// <summary>What a later version wrote into the ledgers and this one doesn't know; in no file.</summary>
    internal UnknownParts Unknown { get; init; }

    /// <summary>Calls that are dated later than this machine's clock; in no file.</summary>
    internal long CallsAhead { get; init; }

    /// <summary>Shares of the models, ordered by name, as are all the following.</summary>
    public IReadOnlyList<CostShare> Models { get; init; } = [];

    /// <summary>Shares of the agents.</summary>
    public IReadOnlyList<CostShare> Agents { get; init; } = [];

    /// <summary>Shares of the customers.</summary>
    public IReadOnlyList<CostShare> Customers { get; init; } = [];

    /// <summary>Shares of the tests.</summary>
    public IReadOnlyList<CostShare> Tests { get; init; } = [];

    /// <summary>Shares of the call sites.</summary>
    public IReadOnlyList<CostShare> Sites { get; init; } = [];

    /// <summary>The entries that a baseline is made of and that a gate compares.</summary>
    public IReadOnlyList<CostEntry> Entries { get; init; } = [];

    /// <summary>Spend by run, day, agent and model.</summary>
    public IReadOnlyList<RunSpend> Spend { get; init; } = [];

    /// <summary>The share of calls whose usage is known, 0 to 1; null when there were no calls.</summary>
    public double? Coverage => Totals.Calls == 0 ? null : (double)(Totals.Calls - Totals.UnmeteredCalls) / Totals.Calls;
}
