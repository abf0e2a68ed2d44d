using Magsag.Cli.Prices;

namespace Magsag.Cli.Models;

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
        return OutputOptions.Print(command, terminal, (parsed, _, _) =>
        {
            if (parsed.GetValue(limit) < 1)
            {
                throw CommandFailure.Usage($"--limit must be 1 or more, found {parsed.GetValue(limit)}.");
            }

            DateTimeOffset now = terminal.Clock.GetUtcNow();
            PriceCatalog catalog = prices.ReadCatalog(parsed, terminal);
            ModelPrice found = KnownModel.Find(catalog, parsed.GetValue(model)!, parsed.GetValue(provider));
            return PriceAge.Stated(CreateReport(found, [.. catalog.CheaperThan(found, now).Take(parsed.GetValue(limit))], now), catalog, now);
        });
    }

    private static Report CreateReport(ModelPrice model, IReadOnlyList<CheaperModel> cheaper, DateTimeOffset now)
    {
        var terms = new PriceTerms(now);
        string? retired = model.RetiredOn is { } day && day <= now ? $"{model.Model} is retired{(model.Successor is { } successor ? $"; its successor is {successor}" : "")}." : null;
        return new Report
        {
            Title = $"Cheaper than {model.Provider}/{model.Model}",
            Facts =
            [
                new Fact("model", "Model", model.Model),
                new Fact("input_usd_per_mtok", "Input per million tokens", model.RatesFor(terms)?.Input, CellKind.Price),
                new Fact("output_usd_per_mtok", "Output per million tokens", model.RatesFor(terms)?.Output, CellKind.Price),
            ],
            Tables =
            [
                Table.From(
                    "suggestions",
                    "Suggestions",
                    cheaper,
                    [
                        new("model", "Model", static suggestion => suggestion.Model.Model),
                        new("input_usd_per_mtok", "Input per 1M", suggestion => suggestion.Model.RatesFor(terms)?.Input, CellKind.Price),
                        new("output_usd_per_mtok", "Output per 1M", suggestion => suggestion.Model.RatesFor(terms)?.Output, CellKind.Price),
                        new("saved", "Saves", static suggestion => Math.Round(suggestion.SavedPercent / 100m, 6), CellKind.Share),
                        new("context_window", "Context", static suggestion => (long?)suggestion.Model.ContextWindow, CellKind.Tokens),
                        new("retires_on", "Retires", static suggestion => suggestion.Model.RetiredOn is { } end ? CatalogSyntax.Print(end.UtcDateTime) : null),
                    ]),
            ],
            Notes = retired is null ? [] : [retired],
        };
    }
}
