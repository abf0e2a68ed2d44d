namespace Magsag.Cli.Costs;

/// <summary>Adds the files that a command was given up to one summary.</summary>
internal static class CostSummaries
{
    /// <exception cref="CommandFailure">A filter was given for summaries, which can't be taken apart again.</exception>
    /// <exception cref="UnreadableInputException">A file can't be read.</exception>
    public static CostSummary Summarize(CostSources sources, CallFilter filter, PriceCatalog catalog, Terminal terminal, CancellationToken cancellationToken)
    {
        if (sources.Summaries is [var first, ..] && !filter.IsEmpty)
        {
            throw CommandFailure.Usage($"{terminal.Shown(first)} is a summary, and what is added up can't be filtered any more. Give the ledgers instead.");
        }

        if (sources is { Ledgers.Count: 0, Summaries: [var only] })
        {
            return Read(only, terminal);
        }

        var builder = new SummaryBuilder(catalog);
        builder.AddLedgers(sources.Ledgers, filter.ForLedgers(), cancellationToken: cancellationToken);
        foreach (string path in sources.Summaries)
        {
            Add(builder, path, terminal);
        }

        return builder.ToSummary();
    }

    /// <summary>Checks the names in a filter that no call passed.</summary>
    /// <exception cref="CommandFailure">A name was never recorded.</exception>
    public static Task ThrowIfUnknownAsync(CostSources sources, CallFilter filter, Terminal terminal, CancellationToken cancellationToken)
    {
        CostSummary SummarizeOnly(CallFilter only) => Summarize(sources, only, PriceCatalog.Embedded, terminal, cancellationToken);
        return UnknownNames.ThrowIfAnyAsync(
            filter,
            only => Task.FromResult(SummarizeOnly(only) is { Totals.Calls: > 0 } or { CacheHits: > 0 }),
            dimension => Task.FromResult(NamesIn(SummarizeOnly(CallFilter.Everything), dimension)));
    }

    private static IEnumerable<string> NamesIn(CostSummary summary, CostDimension dimension) => dimension switch
    {
        CostDimension.Run => summary.Spend.Select(static spend => spend.RunId).OfType<string>().Distinct(StringComparer.Ordinal),
        CostDimension.Agent => summary.Agents.Select(static share => share.Name),
        CostDimension.Customer => summary.Customers.Select(static share => share.Name),
        _ => summary.Models.Select(static share => share.Name),
    };

    private static CostSummary Read(string path, Terminal terminal)
    {
        CostSummary summary = SummaryFile.Read(path);
        if (summary.IsPartial)
        {
            terminal.WriteNotice($"magsag: {terminal.Shown(path)} is partial: its run has calls that aren't in it. Give the ledgers instead.");
        }

        return summary;
    }

    private static void Add(SummaryBuilder builder, string path, Terminal terminal)
    {
        CostSummary summary = Read(path, terminal);
        if (builder.RunOfBoth(summary) is { } run)
        {
            throw CommandFailure.Usage($"Run {run} is in {path} and in the files before it; it would count twice. Give either ledgers or summaries of a run.");
        }

        builder.Add(summary);
    }
}
