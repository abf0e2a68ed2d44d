using System.CommandLine;
using Magsag.Gating;
using Magsag.Pricing;

namespace Magsag.Cli;

/// <summary>The files that costs are added up from.</summary>
internal sealed class CostPathsArgument : Argument<string[]>
{
    public CostPathsArgument(string name = "path")
        : base(name)
    {
        Description = "Ledgers, summaries, folders with either; the runs directories below the working directory when left out.";
        Arity = ArgumentArity.ZeroOrMore;
    }

    public CostSources SourcesOf(ParseResult parsed, Terminal terminal, bool latest = false)
    {
        CostSources sources = CostSources.Find(parsed.GetValue(this)!, terminal);
        return latest ? sources.Latest() : sources;
    }

    public CostSummary SummaryOf(ParseResult parsed, PriceCatalog catalog, Terminal terminal, CancellationToken cancellationToken, bool latest = false) =>
        CostSummaries.Of(SourcesOf(parsed, terminal, latest), CallFilter.Everything, catalog, terminal, cancellationToken);
}
