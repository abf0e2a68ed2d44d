namespace Magsag.Cli.Data;

/// <summary>How many rows are wanted.</summary>
internal sealed class LimitOption : Option<int>
{
    public LimitOption(int usual)
        : base("--limit")
    {
        Description = "How many to print at most.";
        HelpName = "count";
        DefaultValueFactory = _ => usual;
    }

    /// <exception cref="CommandFailure">The number can't be.</exception>
    public int Parse(ParseResult parsed)
    {
        int limit = parsed.GetValue(this);
        return limit is >= 1 and <= RecordQuery.LargestPage
            ? limit
            : throw CommandFailure.Usage($"--limit must be from 1 to {RecordQuery.LargestPage}, found {limit}.");
    }
}
