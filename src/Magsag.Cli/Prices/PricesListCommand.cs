using System.CommandLine;
using Magsag.Pricing.Catalogue;
using Magsag.Pricing.Costs;
using Magsag.Pricing.Listings;

namespace Magsag.Cli;

/// <summary><c>magsag prices list</c></summary>
internal static class PricesListCommand
{
    public static Command Create(Terminal terminal)
    {
        var pattern = new Argument<string?>("text") { Description = "Only models whose id holds this text.", Arity = ArgumentArity.ZeroOrOne };
        var provider = new Option<string?>("--provider") { Description = "Only models of this provider.", HelpName = "name" };
        var mode = new Option<string?>("--mode") { Description = "Only models that do this: chat, embedding …", HelpName = "mode" };
        var retired = new Option<bool>("--retired") { Description = "Also models that are no longer served." };
        var prices = new PriceFile();
        var command = new Command("list", "List models and their prices of today, in US dollars per million tokens.") { pattern, provider, mode, retired, prices };
        OutputOptions format = OutputOptions.AddTo(command);
        command.SetAction(parsed =>
        {
            DateTimeOffset now = terminal.Clock.GetUtcNow();
            IEnumerable<ModelPrice> models = prices.CatalogOf(parsed, terminal).Models.Where(model =>
                (parsed.GetValue(pattern) is not { } text || model.Model.Contains(text, StringComparison.OrdinalIgnoreCase))
                && (parsed.GetValue(provider) is not { } wanted || model.Provider.Equals(wanted, StringComparison.OrdinalIgnoreCase))
                && (parsed.GetValue(mode) is not { } does || model.Mode.Equals(does, StringComparison.OrdinalIgnoreCase))
                && (parsed.GetValue(retired) || model.RetiredOn is not { } day || day > now));
            format.Write(Report.Of(TableOf(models, now)), parsed, terminal);
            return ExitCode.Passed;
        });
        return command;
    }

    private static Table TableOf(IEnumerable<ModelPrice> models, DateTimeOffset now) => new(
        "models",
        "Models",
        [
            new Column("provider", "Provider"),
            new Column("model", "Model"),
            new Column("mode", "Mode"),
            new Column("input_usd_per_mtok", "Input per 1M", CellKind.Price),
            new Column("cached_input_usd_per_mtok", "Cached per 1M", CellKind.Price),
            new Column("output_usd_per_mtok", "Output per 1M", CellKind.Price),
            new Column("context_window", "Context", CellKind.Tokens),
        ],
        [
            .. models.Select(model => (model, rates: model.RatesFor(new PriceTerms(now)))).Select(static pair =>
                (IReadOnlyList<object?>)[pair.model.Provider, pair.model.Model, pair.model.Mode, pair.rates?.Input, pair.rates?[RateUnit.CachedInput], pair.rates?.Output, (long?)pair.model.ContextWindow]),
        ]);
}
