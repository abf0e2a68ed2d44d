using Magsag.Ledger.Figures;
using Magsag.Ledger.Records;
using Magsag.Pricing.Listings;
using Magsag.Pricing.Tokens;

namespace Magsag.Ledger.Summaries;

/// <summary>Totals while they grow. Not thread-safe.</summary>
internal sealed class RunningTotals
{
    private long _calls;
    private long _unmetered;
    private long _unpriced;
    private long _unpricedTokens;
    private long _estimated;
    private long _lowerBounds;
    private decimal _cost;
    private Usage _usage;

    /// <summary>Adds one billable call, or what a correction adds to its cost. What isn't known of it is counted, not guessed.</summary>
    public void Add(in RecordFields call)
    {
        if (call.Kind == CallOutcome.Correction)
        {
            AddCorrection(call);
            return;
        }

        _calls = TokenSum.Of(_calls, 1);
        AddUsage(call);
        _estimated += call.UsageSource == UsageSource.Counted ? 1 : 0;
        _lowerBounds += call.IsLowerBound ? 1 : 0;
        if (call.CostUsd is { } cost)
        {
            AddCost(cost, 1, TokensOf(call));
        }
        else if (call.UsageSource != UsageSource.Unknown)
        {
            AddUnpriced(1, TokensOf(call));
        }
        else if (call.Kind != CallOutcome.Error)
        {
            // A failed call without usage was most likely never billed; an answered one was.
            _unmetered++;
        }
    }

    private void AddCorrection(in RecordFields correction)
    {
        AddCost(correction.CostUsd ?? 0m, 1, 0);
        _lowerBounds -= correction.IsLowerBound ? 1 : 0;
        if (correction.Correction?.WasUnknown != true)
        {
            return;
        }

        if (correction.UsageSource == UsageSource.Unknown)
        {
            _unmetered--;
            return;
        }

        _unpriced--;
        _unpricedTokens = TokenSum.Of(_unpricedTokens, -TokensOf(correction));
    }

    internal void Add(TokenTotals totals) => Add(Of(totals));

    /// <summary>Adds what others added up.</summary>
    public void Add(RunningTotals other)
    {
        _calls = TokenSum.Of(_calls, other._calls);
        _unmetered = TokenSum.Of(_unmetered, other._unmetered);
        _unpriced = TokenSum.Of(_unpriced, other._unpriced);
        _unpricedTokens = TokenSum.Of(_unpricedTokens, other._unpricedTokens);
        _estimated = TokenSum.Of(_estimated, other._estimated);
        _lowerBounds = TokenSum.Of(_lowerBounds, other._lowerBounds);
        AddUsage(other._usage);
        AddCost(other._cost, Math.Max(1, other._calls), TokenSum.Of(other._usage.InputTokens, other._usage.OutputTokens));
    }

    private void AddUsage(in RecordFields call)
    {
        foreach (UsageCount count in UsageCount.Columns)
        {
            if (call.Counts[count.Unit] is { } tokens)
            {
                _usage.Set(count.Unit, TokenSum.Of(_usage.CountOf(count.Unit), tokens));
            }
        }

        if (call.Extras is { } extras)
        {
            _usage = UsageExtras.Sum(_usage, extras.Counts);
        }
    }

    private void AddUsage(in Usage usage)
    {
        if (!usage.IsTextOnly)
        {
            _usage = UsageExtras.Sum(_usage, usage);
            return;
        }

        foreach (UsageCount count in UsageCount.Columns)
        {
            _usage.Set(count.Unit, TokenSum.Of(_usage.CountOf(count.Unit), usage.CountOf(count.Unit)));
        }
    }

    private static long TokensOf(in RecordFields call) => TokenSum.Of(call.Counts[RateUnit.Input] ?? 0, call.Counts[RateUnit.Output] ?? 0);

    // A cost that no sum can hold is unknown.
    private void AddCost(decimal usd, long calls, long tokens)
    {
        if (!MoneySum.TryAdd(ref _cost, usd))
        {
            AddUnpriced(calls, tokens);
        }
    }

    private void AddUnpriced(long calls, long tokens)
    {
        _unpriced = TokenSum.Of(_unpriced, calls);
        _unpricedTokens = TokenSum.Of(_unpricedTokens, tokens);
    }

    private static RunningTotals Of(TokenTotals totals) => new()
    {
        _calls = totals.Calls,
        _unmetered = totals.UnmeteredCalls,
        _unpriced = totals.UnpricedCalls,
        _unpricedTokens = totals.UnpricedTokens,
        _estimated = totals.EstimatedCalls,
        _lowerBounds = totals.LowerBoundCalls,
        _usage = totals.Usage,
        _cost = totals.CostUsd,
    };

    /// <summary>The totals so far.</summary>
    public TokenTotals ToTotals() => new()
    {
        Calls = _calls,
        UnmeteredCalls = _unmetered,
        UnpricedCalls = _unpriced,
        UnpricedTokens = _unpricedTokens,
        EstimatedCalls = _estimated,
        LowerBoundCalls = _lowerBounds,
        Usage = _usage,
        CostUsd = _cost,
    };
}
