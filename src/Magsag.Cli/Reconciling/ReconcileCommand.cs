using System.Globalization;
using System.Security.Cryptography;
using Magsag.Cli.Figures;
using Magsag.Cli.Prices;
using Magsag.Cli.Repository;
using Magsag.Cli.Stores;
using Magsag.Storage.Reconciling;

namespace Magsag.Cli.Reconciling;

/// <summary><c>magsag data reconcile</c></summary>
internal static class ReconcileCommand
{
    public static Command Create(Terminal terminal)
    {
        var usage = new Option<string[]>("--usage") { Description = "A usage or cost export of OpenAI, Anthropic or Azure (CSV or JSON); may stand several times.", HelpName = "file", Arity = ArgumentArity.OneOrMore, Required = true };
        var provider = new Option<string[]>("--provider") { Description = "The providers' names in the ledger; those of whose export it is when left out.", HelpName = "name" };
        var limit = new Option<decimal?>("--max-difference") { Description = "Answer 1 when the cost, or the tokens where no cost is stated, differ by more than this percentage.", HelpName = "percent" };
        var prices = new PriceFile();
        var command = new Command("reconcile", "Compare what was recorded with a provider's usage export, by day (UTC) and model, with the likely cause of each difference.") { usage, provider, limit, prices };
        StoreOptions stores = StoreOptions.AddTo(command);
        OutputOptions format = OutputOptions.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            if (parsed.GetValue(limit) is < 0m and var negative)
            {
                throw CommandFailure.Usage($"--max-difference must be 0 or more, found {negative}.");
            }

            IReadOnlyList<UsageExport> exports = ReadAll(parsed.GetValue(usage)!, terminal);
            PriceCatalog catalog = prices.ReadCatalog(parsed, terminal);
            ReconciliationScope scope = ScopeOf(exports, parsed.GetValue(provider), catalog);
            Reconciliation found = await CompareAsync(stores, parsed, exports, scope, terminal, cancellationToken);
            var report = new ReconciliationReport(exports, found, new Differences(found.Days, catalog, exports[0].Format.Providers[0]));
            format.Write(PriceAge.Stated(report.Create(), catalog, terminal.Clock.GetUtcNow()), parsed, terminal);
            return parsed.GetValue(limit) is { } most && report.DifferencePercent is var differs && (differs is null || differs > most) ? ExitCode.GateFailed : ExitCode.Passed;
        });
        return command;
    }

    private static IReadOnlyList<UsageExport> ReadAll(IReadOnlyList<string> named, Terminal terminal)
    {
        string[] paths = [.. named.Select(name => InputFile.Existing(name, "a usage export", terminal))];
        if (paths.GroupBy(static path => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(path)))).FirstOrDefault(static group => group.Count() > 1) is { } same)
        {
            throw CommandFailure.Usage($"{string.Join(" and ", same.Select(terminal.Shown))} are the same export: its figures would count twice.");
        }

        UsageExport[] exports = [.. paths.Select(UsageExport.Read)];
        return exports.FirstOrDefault(export => export.Format.Providers[0] != exports[0].Format.Providers[0]) is { } other
            ? throw CommandFailure.Usage($"{exports[0].Format.Title} and {other.Format.Title} are of different providers; reconcile one at a time.")
            : exports;
    }

    private static ReconciliationScope ScopeOf(IReadOnlyList<UsageExport> exports, string[]? providers, PriceCatalog catalog)
    {
        string seller = exports[0].Format.Providers[0];
        DateOnly[] days = [.. exports.SelectMany(static export => export.Counts).Select(static count => count.Day)];
        return new ReconciliationScope
        {
            Providers = providers is { Length: > 0 } ? providers : exports[0].Format.Providers,
            First = days.Min(),
            Last = days.Max(),
            NameOf = model => model is null ? null : NameOf(model, seller, catalog),
        };
    }

    // Reports write "Claude Sonnet 4.5", answers claude-sonnet-4-5-20250929; the catalogue knows that both are claude-sonnet-4-5.
    private static string NameOf(string model, string provider, PriceCatalog catalog)
    {
        string id = model.Trim().ToLowerInvariant().Replace(' ', '-');
        return catalog.Find(id, provider)?.Model ?? id;
    }

    private static async Task<Reconciliation> CompareAsync(StoreOptions stores, ParseResult parsed, IReadOnlyList<UsageExport> exports, ReconciliationScope scope, Terminal terminal, CancellationToken cancellationToken)
    {
        await using ICostStore store = await stores.OpenAsync(parsed, terminal, cancellationToken);
        IEnumerable<string>? ledgers = stores.IsNamed(parsed, terminal) ? null : RunsDirectories.Find(terminal).SelectMany(CostStore.LedgersIn);
        Reconciliation found = await Reconciliation.CompareAsync(store, ledgers, exports.SelectMany(static export => export.Counts), scope, cancellationToken);
        return found.Problems is [var problem, ..] ? throw problem : found;
    }
}
