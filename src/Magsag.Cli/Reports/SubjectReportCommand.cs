using System.CommandLine;
using Magsag.Ledger.Summaries;
using Magsag.Storage.Queries;
using Magsag.Storage.Schema;

namespace Magsag.Cli;

/// <summary><c>magsag report agent</c> and <c>magsag report customer</c>: what each cost, or one of them with its models and months.</summary>
internal static class SubjectReportCommand
{
    public static Command Agent(Terminal terminal) => Create("agent", CostDimension.Agent, static (filter, name) => filter with { Agent = name }, terminal);

    public static Command Customer(Terminal terminal) => Create("customer", CostDimension.Customer, static (filter, name) => filter with { Customer = name }, terminal);

    private static Command Create(string subject, CostDimension dimension, Func<RecordFilter, string, RecordFilter> only, Terminal terminal)
    {
        var name = new Argument<string?>("name") { Description = $"One {subject}, with its models and months; all of them when left out.", Arity = ArgumentArity.ZeroOrOne };
        var command = new Command(subject, $"What each {subject} cost: runs, calls, tokens, average per run, share.") { name };
        return StoreReport.Create(command, terminal, (parsed, context) => parsed.GetValue(name) is { } one
            ? OneAsync(subject, one, dimension, context with { Filter = only(context.Filter, one) }, context)
            : AllAsync(subject, dimension, context));
    }

    private static async Task<Report> AllAsync(string subject, CostDimension dimension, ReportContext context)
    {
        IReadOnlyList<CostGroup> groups = await context.ByAsync(dimension);
        ILookup<string?, long> runs = (await context.RunsWithCallsByAsync(dimension)).ToLookup(static count => count.Key[0], static count => count.Runs, StringComparer.Ordinal);
        TokenTotals total = groups.Total();
        return new Report
        {
            Title = $"Cost by {subject}",
            Facts = await PeriodFacts.OfAsync(context, total),
            Tables =
            [
                new Table(
                    subject + "s",
                    "",
                    [
                        new Column(subject, char.ToUpperInvariant(subject[0]) + subject[1..]),
                        new Column("runs", "Runs", CellKind.Count),
                        new Column("calls", "Calls", CellKind.Count),
                        new Column("total_tokens", "Tokens", CellKind.Tokens),
                        new Column("cost_usd", "Cost", CellKind.Money),
                        new Column("share", "Share", CellKind.Share),
                        new Column("cost_per_run_usd", "Per run", CellKind.Money),
                    ],
                    [
                        .. groups.OrderByDescending(static group => group.Totals.CostUsd).ThenBy(static group => group.Key[0], StringComparer.Ordinal)
                            .Select(group => RowOf(group, runs[group.Key[0]].Sum(), total.CostUsd)),
                    ]),
            ],
            Notes = Unknowns.NotesOf(total),
        };
    }

    private static IReadOnlyList<object?> RowOf(CostGroup group, long runs, decimal totalUsd) =>
        [group.Key[0], runs, group.Totals.Calls, group.Totals.TotalTokens, KnownCost.CellOf(group.Totals), Shares.Of(group.Totals, totalUsd), KnownCost.Per(group.Totals, runs)];

    private static async Task<Report> OneAsync(string subject, string name, CostDimension dimension, ReportContext context, ReportContext everyone)
    {
        TokenTotals total = await context.TotalsAsync();
        if (total.Calls == 0)
        {
            throw await UnknownName.InAsync(subject, name, dimension, everyone);
        }

        IReadOnlyList<CostGroup> models = await context.ByAsync(CostDimension.Model);
        IReadOnlyList<CostGroup> months = await context.ByAsync(CostDimension.Month);
        return new Report
        {
            Facts = [new Fact(subject, char.ToUpperInvariant(subject[0]) + subject[1..], name), .. await PeriodFacts.OfAsync(context, total)],
            Tables =
            [
                Shares.TableOf("models", "Models used", "model", models.Select(static group => (group.Key[0], group.Totals)), total),
                new Table(
                    "months",
                    "Months",
                    [new Column("month", "Month"), new Column("calls", "Calls", CellKind.Count), new Column("cost_usd", "Cost", CellKind.Money)],
                    [.. months.Select(static month => (IReadOnlyList<object?>)[month.Key[0], month.Totals.Calls, KnownCost.CellOf(month.Totals)])]),
            ],
            Notes = Unknowns.NotesOf(total),
        };
    }
}
