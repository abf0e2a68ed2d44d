using Magsag.Ledger.Records;
using Magsag.Ledger.Summaries;

namespace Magsag.Storage;

/// <summary>Records of one outcome added up: their number, and the totals of those that are billable calls.</summary>
internal sealed class CallSums
{
    private readonly RunningTotals _totals = new();

    public long Records { get; private set; }

    /// <summary>What cache hits would have cost, as far as it is known.</summary>
    public decimal AvoidedUsd { get; private set; }

    public TokenTotals Totals => _totals.ToTotals();

    public void Add(in RecordRow record)
    {
        Records++;
        AvoidedUsd += record.AvoidedUsd ?? 0m;

        // A cache hit cost nothing and is in no other figure.
        if (record.Outcome != CallOutcome.CacheHit)
        {
            _totals.Add(record.Figures());
        }
    }

    public void Add(CallSums other)
    {
        Records += other.Records;
        AvoidedUsd += other.AvoidedUsd;
        _totals.Add(other._totals);
    }
}
