namespace Magsag.Storage;

/// <summary>The lowest and the highest value that each number has in the records of a day: a search for others needn't look into the day.</summary>
internal sealed class NumberRanges
{
    private readonly double[] _lowest = new double[Fields.Count];
    private readonly double[] _highest = new double[Fields.Count];

    public NumberRanges()
    {
        _lowest.AsSpan().Fill(double.PositiveInfinity);
        _highest.AsSpan().Fill(double.NegativeInfinity);
    }

    /// <summary>The fields, as searches name them.</summary>
    public static IReadOnlyList<string> Fields { get; } =
        ["cost_usd", "input_tokens", "cached_input_tokens", "cache_write_tokens", "cache_write_1h_tokens", "output_tokens", "reasoning_tokens", "duration_ms", "quality"];

    /// <summary>The ranges of the fields that are known of any record.</summary>
    public IEnumerable<(string Field, double Lowest, double Highest)> Known()
    {
        for (int index = 0; index < Fields.Count; index++)
        {
            if (_lowest[index] <= _highest[index])
            {
                yield return (Fields[index], _lowest[index], _highest[index]);
            }
        }
    }

    public void Add(in RecordRow record)
    {
        Add(0, (double?)record.CostUsd);
        Add(1, record.InputTokens);
        Add(2, record.CachedInputTokens);
        Add(3, record.CacheWriteTokens);
        Add(4, record.CacheWriteOneHourTokens);
        Add(5, record.OutputTokens);
        Add(6, record.ReasoningTokens);
        Add(7, record.DurationMilliseconds);
        Add(8, record.Quality);
    }

    private void Add(int field, double? value)
    {
        if (value is { } known)
        {
            _lowest[field] = Math.Min(_lowest[field], known);
            _highest[field] = Math.Max(_highest[field], known);
        }
    }
}
