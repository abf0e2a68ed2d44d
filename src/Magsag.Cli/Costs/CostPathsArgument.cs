namespace Magsag.Cli.Costs;

/// <summary>The files that costs are added up from.</summary>
internal sealed class CostPathsArgument : Argument<string[]>
{
    private const string InRunsDirectories = "the runs directories below the working directory when left out";

    /// <summary>For judging a test run: repeating the tests must not raise its cost.</summary>
    public const string LastRecordings = "Ledgers, summaries, folders with either; the last recording of each test assembly in " + InRunsDirectories + ".";

    public CostPathsArgument(string name = "path")
        : base(name)
    {
        Description = $"Ledgers, summaries, folders with either; {InRunsDirectories}.";
        Arity = ArgumentArity.ZeroOrMore;
    }

    public CostSources FindSources(ParseResult parsed, Terminal terminal, bool latest = false)
    {
        CostSources sources = CostSources.Find(parsed.GetValue(this)!, terminal);
        return latest ? sources.Latest() : sources;
    }

    /// <summary>The sums of what was named; of the last recordings alone where nothing was.</summary>
    public CostSummary Summarize(ParseResult parsed, PriceCatalog catalog, Terminal terminal, CancellationToken cancellationToken, bool latest = false) =>
        CostSummaries.Summarize(FindSources(parsed, terminal, latest || parsed.GetValue(this)!.Length == 0), CallFilter.Everything, catalog, terminal, cancellationToken);
}
