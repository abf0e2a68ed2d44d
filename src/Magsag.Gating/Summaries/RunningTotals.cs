namespace Magsag.Gating;

/// <summary>Totals while they grow. Not thread-safe.</summary>
public sealed class RunningTotals
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
    private decimal _cost;

    /// <summary>Adds one billable call. What isn't known of it is counted, not guessed.</summary>
    public void Add(LedgerRecord record) => Add(CallFigures.Of(record));

    internal void Add(in CallFigures call)
    {
        _calls++;
        _input += call.InputTokens;
        _cachedInput += call.CachedInputTokens;
        _cacheWrite += call.CacheWriteTokens;
        _cacheWriteOneHour += call.CacheWriteOneHourTokens;
        _output += call.OutputTokens;
        _reasoning += call.ReasoningTokens;
        _estimated += call.UsageSource == UsageSource.Counted ? 1 : 0;
        if (call.CostUsd is { } cost)
        {
            _cost += cost;
        }
        else if (call.UsageSource != UsageSource.Unknown)
        {
            _unpriced++;
            _unpricedTokens += call.InputTokens + call.OutputTokens;
        }
        else if (call.Outcome != CallOutcome.Error)
        {
            // A failed call without usage was most likely never billed; an answered one was.
            _unmetered++;
        }
    }

    internal void Add(TokenTotals totals)
    {
        _calls += totals.Calls;
        _unmetered += totals.UnmeteredCalls;
        _unpriced += totals.UnpricedCalls;
        _unpricedTokens += totals.UnpricedTokens;
        _estimated += totals.EstimatedCalls;
        _input += totals.InputTokens;
        _cachedInput += totals.CachedInputTokens;
        _cacheWrite += totals.CacheWriteTokens;
        _cacheWriteOneHour += totals.CacheWriteOneHourTokens;
        _output += totals.OutputTokens;
        _reasoning += totals.ReasoningTokens;
        _cost += totals.CostUsd;
    }

    /// <summary>Adds what others added up.</summary>
    public void Add(RunningTotals other)
    {
        _calls += other._calls;
        _unmetered += other._unmetered;
        _unpriced += other._unpriced;
        _unpricedTokens += other._unpricedTokens;
        _estimated += other._estimated;
        _input += other._input;
        _cachedInput += other._cachedInput;
        _cacheWrite += other._cacheWrite;
        _cacheWriteOneHour += other._cacheWriteOneHour;
        _output += other._output;
        _reasoning += other._reasoning;
        _cost += other._cost;
    }

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
        CostUsd = _cost,
    };
}
