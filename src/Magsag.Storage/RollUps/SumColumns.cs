namespace Magsag.Storage;

/// <summary>The columns of sums, the same in every roll-up.</summary>
internal static class SumColumns
{
    /// <summary>The sums of what few calls have (audio, images, searches) as JSON; null where no call has any.</summary>
    public const string Extras = "extras";

    /// <summary>Those before the cost, in the order in which they are written and read.</summary>
    public static IReadOnlyList<string> Counts { get; } =
        ["records", "unmetered", "unpriced", "unpriced_tokens", "estimated", "input_tokens", "cached_input_tokens", "cache_write_tokens", "cache_write_1h_tokens", "output_tokens", "reasoning_tokens"];

    /// <summary>What adds the new row's sum to the one that a table has.</summary>
    public static string Grown(string table, string column) => column == Extras
        ? $"{column} = coalesce(extras_sum({table}.{column}, excluded.{column}), {table}.{column}, excluded.{column})"
        : $"{column} = {table}.{column} + excluded.{column}";
}
