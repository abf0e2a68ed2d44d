using System.CommandLine;
using Magsag.Pricing.Catalogue;
using Magsag.Pricing.Costs;
using Magsag.Pricing.Listings;

namespace Magsag.Cli;

/// <summary><c>magsag model suggest</c></summary>
internal static class ModelSuggestCommand
{
    public static Command Create(Terminal terminal)
    {
        var model = new Argument<string>("model") { Description = "The model in use." };
        var provider = new Option<string?>("--provider") { Description = "The provider, where several serve the model.", HelpName = "name" };
        var limit = new Option<int>("--limit") { Description = "How many to name at most.", HelpName = "count", DefaultValueFactory = static _ => 5 };
        var prices = new PriceFile();
        var command = new Command("suggest", "Name cheaper models of the same provider that can do the same, and what each saves.") { model, provider, limit, prices };
        OutputOptions format = OutputOptions.AddTo(command);
        command.SetAction(parsed =>
        {
            if (parsed.GetValue(limit) < 1)
            {
                throw CommandFailure.Usage($"--limit must be 1 or more, found {parsed.GetValue(limit)}.");
            }

            DateTimeOffset now = terminal.Clock.GetUtcNow();
            PriceCatalog catalog = prices.CatalogOf(parsed, terminal);
            ModelPrice found = KnownModel.Find(catalog, parsed.GetValue(model)!, parsed.GetValue(provider));
            format.Write(ReportOf(found, [.. catalog.CheaperThan(found, now).Take(parsed.GetValue(limit))], now), parsed, terminal);
            return ExitCode.Passed;
        });
        return command;
    }

    private static Report ReportOf(ModelPrice model, IReadOnlyList<CheaperModel> cheaper, DateTimeOffset now)
    {
        Rates? rates = model.RatesFor(new PriceTerms(now));
        string? retired = model.RetiredOn is { } day && day <= now ? $"{model.Model} is retired{(model.Successor is { } successor ? $"; its successor is {successor}" : "")}." : null;
        return new Report
        {
            Title = $"Cheaper than {model.Provider}/{model.Model}",
            Facts =
            [
                new Fact("model", "Model", model.Model),
                new Fact("input_usd_per_mtok", "Input per million tokens", rates?.Input, CellKind.Price),
                new Fact("output_usd_per_mtok", "Output per million tokens", rates?.Output, CellKind.Price),
            ],
            Tables =
            [
                new Table(
                    "suggestions",
                    "Suggestions",
                    [
                        new Column("model", "Model"),
                        new Column("input_usd_per_mtok", "Input per 1M", CellKind.Price),
                        new Column("output_usd_per_mtok", "Output per 1M", CellKind.Price),
                        new Column("saved", "Saves", CellKind.Share),
                        new Column("context_window", "Context", CellKind.Tokens),
                    ],
                    [
                        .. cheaper.Select(suggestion => (suggestion, rates: suggestion.Model.RatesFor(new PriceTerms(now)))).Select(static pair =>
                            (IReadOnlyList<object?>)[pair.suggestion.Model.Model, pair.rates?.Input, pair.rates?.Output, Math.Round(pair.suggestion.SavedPercent / 100m, 6), (long?)pair.suggestion.Model.ContextWindow]),
                    ]),
            ],
            Notes = retired is null ? [] : [retired],
        };
    }
}
