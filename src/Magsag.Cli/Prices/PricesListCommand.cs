namespace Magsag.Cli.Prices;

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
        return OutputOptions.Print(command, terminal, (parsed, _, _) =>
        {
            DateTimeOffset now = terminal.Clock.GetUtcNow();
            PriceCatalog catalog = prices.ReadCatalog(parsed, terminal);
            IEnumerable<ModelPrice> models = catalog.Models.Where(model =>
                (parsed.GetValue(pattern) is not { } text || model.Model.Contains(text, StringComparison.OrdinalIgnoreCase))
                && (parsed.GetValue(provider) is not { } wanted || model.Provider.Equals(wanted, StringComparison.OrdinalIgnoreCase))
                && (parsed.GetValue(mode) is not { } does || model.Mode.Equals(does, StringComparison.OrdinalIgnoreCase))
                && (parsed.GetValue(retired) || model.RetiredOn is not { } day || day > now));
            return PriceAge.Stated(Report.List(CreateTable([.. models.Select(model => (model, model.RatesFor(new PriceTerms(now))))])), catalog, now);
        });
    }

    private static Table CreateTable(IReadOnlyList<(ModelPrice Model, Rates? Rates)> models) => Table.From(
        "models",
        "Models",
        models,
        [
            new("provider", "Provider", static row => row.Model.Provider),
            new("model", "Model", static row => row.Model.Model),
            new("mode", "Mode", static row => row.Model.Mode),
            new("input_usd_per_mtok", "Input per 1M", static row => row.Rates?.Input, CellKind.Price),
            new("cached_input_usd_per_mtok", "Cached per 1M", static row => row.Rates?[RateUnit.CachedInput], CellKind.Price),
            new("output_usd_per_mtok", "Output per 1M", static row => row.Rates?.Output, CellKind.Price),
            new("context_window", "Context", static row => (long?)row.Model.ContextWindow, CellKind.Tokens),
        ]);
}
