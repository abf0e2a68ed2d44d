namespace Magsag.Gating;

/// <summary>Totals while they grow.</summary>
internal sealed class RunningTotals
{
    private long _calls;
    private long _unmetered;
    private long _unpriced;
    private long _input;
    private long _cachedInput;
    private long _cacheWrite;
    private long _cacheWriteOneHour;
    private long _output;
    private long _reasoning;
    private decimal _cost;

    public void Add(LedgerRecord record)
    {
        _calls++;
        _input += record.InputTokens ?? 0;
        _cachedInput += record.CachedInputTokens ?? 0;
        _cacheWrite += record.CacheWriteTokens ?? 0;
        _cacheWriteOneHour += record.CacheWriteOneHourTokens ?? 0;
        _output += record.OutputTokens ?? 0;
        _reasoning += record.ReasoningTokens ?? 0;
        if (record.CostUsd is { } cost)
        {
            _cost += cost;
        }
        else if (record.UsageSource != UsageSource.Unknown)
        {
            _unpriced++;
        }
        else if (record.Outcome != CallOutcome.Error)
        {
            // A failed call without usage was most likely never billed; an answered one was.
            _unmetered++;
        }
    }

    public void Add(RunningTotals other)
    {
        _calls += other._calls;
        _unmetered += other._unmetered;
        _unpriced += other._unpriced;
        _input += other._input;
        _cachedInput += other._cachedInput;
        _cacheWrite += other._cacheWrite;
        _cacheWriteOneHour += other._cacheWriteOneHour;
        _output += other._output;
        _reasoning += other._reasoning;
        _cost += other._cost;
    }

    public TokenTotals ToTotals() => new()
    {
        Calls = _calls,
        UnmeteredCalls = _unmetered,
        UnpricedCalls = _unpriced,
        InputTokens = _input,
        CachedInputTokens = _cachedInput,
        CacheWriteTokens = _cacheWrite,
        CacheWriteOneHourTokens = _cacheWriteOneHour,
        OutputTokens = _output,
        ReasoningTokens = _reasoning,
        CostUsd = _cost,
    };
}
