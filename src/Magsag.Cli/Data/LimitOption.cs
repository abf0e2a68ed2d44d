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

    /// <exception cref="CommandFailure">The number is out of range.</exception>
    public void Validate(ParseResult parsed)
    {
        if (parsed.GetValue(this) is not (>= 1 and <= RecordQuery.LargestPage) and var limit)
        {
            throw CommandFailure.Usage($"--limit must be from 1 to {RecordQuery.LargestPage}, found {limit}.");
        }
    }
}
