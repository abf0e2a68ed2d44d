using Magsag.Ledger.Figures;
using Magsag.Ledger.Records;

namespace Magsag.Ledger.Summaries;

/// <summary>Totals while they grow. Not thread-safe.</summary>
internal sealed class RunningTotals
{
    private long _calls;
    private long _unmetered;
    private long _unpriced;
    private long _unpricedTokens;
    private long _estimated;
    private long _input;
    private long _cachedInput;
    private long _cacheWrite;
    private long _cacheWriteOneHour;
    private long _output;
    private long _reasoning;
    private UsageExtras? _extras;
    private decimal _cost;

    /// <summary>Adds one billable call, or what a correction adds to its cost. What isn't known of it is counted, not guessed.</summary>
    public void Add(LedgerRecord record) => Add(CallFigures.Of(record));

    internal void Add(in CallFigures call)
    {
        if (call.Outcome == CallOutcome.Correction)
        {
            AddCorrection(call);
            return;
        }

        _calls = TokenSum.Of(_calls, 1);
        _input = TokenSum.Of(_input, call.InputTokens);
        _cachedInput = TokenSum.Of(_cachedInput, call.CachedInputTokens);
        _cacheWrite = TokenSum.Of(_cacheWrite, call.CacheWriteTokens);
        _cacheWriteOneHour = TokenSum.Of(_cacheWriteOneHour, call.CacheWriteOneHourTokens);
        _output = TokenSum.Of(_output, call.OutputTokens);
        _reasoning = TokenSum.Of(_reasoning, call.ReasoningTokens);
        _extras = UsageExtras.Sum(_extras, call.Extras);
        _estimated += call.UsageSource == UsageSource.Counted ? 1 : 0;
        if (call.CostUsd is { } cost)
        {
            AddCost(cost, 1, call.InputTokens, call.OutputTokens);
        }
        else if (call.UsageSource != UsageSource.Unknown)
        {
            AddUnpriced(1, call.InputTokens, call.OutputTokens);
        }
        else if (call.Outcome != CallOutcome.Error)
        {
            // A failed call without usage was most likely never billed; an answered one was.
            _unmetered++;
        }
    }

    private void AddCorrection(in CallFigures correction)
    {
        AddCost(correction.CostUsd ?? 0m, 1, 0, 0);
        if (!correction.WasUnknown)
        {
            return;
        }

        if (correction.UsageSource == UsageSource.Unknown)
        {
            _unmetered--;
            return;
        }

        _unpriced--;
        _unpricedTokens = TokenSum.Of(_unpricedTokens, -TokenSum.Of(correction.InputTokens, correction.OutputTokens));
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
        _input = TokenSum.Of(_input, other._input);
        _cachedInput = TokenSum.Of(_cachedInput, other._cachedInput);
        _cacheWrite = TokenSum.Of(_cacheWrite, other._cacheWrite);
        _cacheWriteOneHour = TokenSum.Of(_cacheWriteOneHour, other._cacheWriteOneHour);
        _output = TokenSum.Of(_output, other._output);
        _reasoning = TokenSum.Of(_reasoning, other._reasoning);
        _extras = UsageExtras.Sum(_extras, other._extras);
        AddCost(other._cost, Math.Max(1, other._calls), other._input, other._output);
    }

    // A cost that no sum can hold is unknown.
    private void AddCost(decimal usd, long calls, long input, long output)
    {
        if (!MoneySum.TryAdd(ref _cost, usd))
        {
            AddUnpriced(calls, input, output);
        }
    }

    private void AddUnpriced(long calls, long input, long output)
    {
        _unpriced = TokenSum.Of(_unpriced, calls);
        _unpricedTokens = TokenSum.Of(_unpricedTokens, TokenSum.Of(input, output));
    }

    private static RunningTotals Of(TokenTotals totals) => new()
    {
        _calls = totals.Calls,
        _unmetered = totals.UnmeteredCalls,
        _unpriced = totals.UnpricedCalls,
        _unpricedTokens = totals.UnpricedTokens,
        _estimated = totals.EstimatedCalls,
        _input = totals.InputTokens,
        _cachedInput = totals.CachedInputTokens,
        _cacheWrite = totals.CacheWriteTokens,
        _cacheWriteOneHour = totals.CacheWriteOneHourTokens,
        _output = totals.OutputTokens,
        _reasoning = totals.ReasoningTokens,
        _extras = totals.Extras,
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
        InputTokens = _input,
        CachedInputTokens = _cachedInput,
        CacheWriteTokens = _cacheWrite,
        CacheWriteOneHourTokens = _cacheWriteOneHour,
        OutputTokens = _output,
        ReasoningTokens = _reasoning,
        Extras = _extras,
        CostUsd = _cost,
    };
}
