namespace Magsag.Storage;

/// <summary>The columns of sums, the same in every roll-up.</summary>
internal static class SumColumns
{
    /// <summary>Those before the cost, in the order in which they are written and read.</summary>
    public static IReadOnlyList<string> Counts { get; } =
        ["records", "unmetered", "unpriced", "unpriced_tokens", "estimated", "input_tokens", "cached_input_tokens", "cache_write_tokens", "cache_write_1h_tokens", "output_tokens", "reasoning_tokens"];
}
