namespace Magsag.Cli.Prices;

/// <summary><c>magsag prices diff</c></summary>
internal static class PricesDiffCommand
{
    public static Command Create(Terminal terminal)
    {
        var list = new Argument<string>("list") { Description = "The price list: LiteLLM's model_prices_and_context_window.json or the data.json of genai-prices." };
        var kind = new PriceListOptions();
        var prices = new PriceFile();
        var command = new Command("diff", "Show what a price list of others says differently from the catalogue.") { list, prices };
        kind.AddTo(command);
        return OutputOptions.Print(command, terminal, (parsed, zone, _) =>
        {
            string path = InputFile.Existing(parsed.GetValue(list)!, "a price list", terminal);
            PriceCatalog catalog = prices.ReadCatalog(parsed, terminal);
            PriceImportResult imported = PriceListFormat.Import(kind.GetFormat(parsed), path, catalog, kind.GetDay(parsed, zone, terminal));
            return PriceAge.Stated(PriceChanges.CreateReport($"Prices of {Path.GetFileName(path)} against the catalogue", imported.Changes, imported.Refused, imported.Figures), catalog, terminal.Clock.GetUtcNow());
        });
    }
}
