namespace Magsag.Storage;

/// <summary>The lowest and the highest value that each number has in the records of a day: a search for others needn't look into the day.</summary>
internal sealed class NumberRanges
{
    private const int Counts = 6;

    private readonly Range<decimal> _cost = new(decimal.MaxValue, decimal.MinValue);
    private readonly Range<long>[] _counts = [.. Enumerable.Range(0, Counts).Select(static _ => new Range<long>(long.MaxValue, long.MinValue))];
    private readonly Range<double> _duration = new(double.MaxValue, double.MinValue);
    private readonly Range<double> _quality = new(double.MaxValue, double.MinValue);

    /// <summary>The fields, as searches name them.</summary>
    public static IReadOnlyList<string> Fields { get; } =
        ["cost_usd", "input_tokens", "cached_input_tokens", "cache_write_tokens", "cache_write_1h_tokens", "output_tokens", "reasoning_tokens", "duration_ms", "quality"];

    /// <summary>The ranges of the fields that are known of any record.</summary>
    public IEnumerable<(string Field, double Lowest, double Highest)> Known()
    {
        (double Lowest, double Highest)[] ranges =
        [
            ((double)_cost.Lowest, (double)_cost.Highest),
            .. _counts.Select(static count => ((double)count.Lowest, (double)count.Highest)),
            (_duration.Lowest, _duration.Highest),
            (_quality.Lowest, _quality.Highest),
        ];
        return Fields.Zip(ranges, static (field, range) => (field, range.Lowest, range.Highest)).Where(static range => range.Lowest <= range.Highest);
    }

    public void Add(in RecordRow record)
    {
        _cost.Add(record.CostUsd);
        _counts[0].Add(record.InputTokens);
        _counts[1].Add(record.CachedInputTokens);
        _counts[2].Add(record.CacheWriteTokens);
        _counts[3].Add(record.CacheWriteOneHourTokens);
        _counts[4].Add(record.OutputTokens);
        _counts[5].Add(record.ReasoningTokens);
        _duration.Add(record.DurationMilliseconds);
        _quality.Add(record.Quality);
    }

    private sealed class Range<T>(T lowest, T highest)
        where T : struct, IComparable<T>
    {
        public T Lowest { get; private set; } = lowest;

        public T Highest { get; private set; } = highest;

        public void Add(T? value)
        {
            if (value is not { } known)
            {
                return;
            }

            if (known.CompareTo(Lowest) < 0)
            {
                Lowest = known;
            }

            if (known.CompareTo(Highest) > 0)
            {
                Highest = known;
            }
        }
    }
}
