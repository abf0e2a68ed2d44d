namespace Magsag.Cli.Prices;

/// <summary>Imports other price lists, as files, and reports what they change.</summary>
internal static class PriceImport
{
    /// <summary>Imports LiteLLM's <c>model_prices_and_context_window.json</c>.</summary>
    /// <param name="path">The file.</param>
    /// <param name="catalog">The catalogue to update.</param>
    /// <param name="readOn">The day of the file: its prices are in force from then on.</param>
    /// <exception cref="UnreadableInputException">The file can't be opened, is too large, or isn't such a list.</exception>
    public static PriceImportResult FromLiteLlm(string path, PriceCatalog catalog, DateTimeOffset readOn) =>
        Apply(LiteLlmPrices.Read(PriceJson.Open(path), readOn.UtcDateTime.Date), catalog, readOn);

    /// <summary>Imports the <c>data.json</c> of genai-prices.</summary>
    /// <param name="path">The file.</param>
    /// <param name="catalog">The catalogue to update.</param>
    /// <param name="readOn">The day of the file: its prices are in force from then on.</param>
    /// <exception cref="UnreadableInputException">The file can't be opened, is too large, or isn't such a list.</exception>
    public static PriceImportResult FromGenAiPrices(string path, PriceCatalog catalog, DateTimeOffset readOn) =>
        Apply(GenAiPrices.Read(PriceJson.Open(path), readOn.UtcDateTime.Date), catalog, readOn);

    private static PriceImportResult Apply(IEnumerable<ImportedModel> models, PriceCatalog catalog, DateTimeOffset readOn)
    {
        var changes = new List<PriceChange>();
        var entries = new Dictionary<(string, string), ModelEntry>();
        foreach (ImportedModel imported in models)
        {
            if (Change(imported, catalog, readOn) is not { } change || entries.ContainsKey((change.Provider, change.Model)))
            {
                continue;
            }

            changes.Add(change);
            if (change.Kind != PriceChangeKind.Refused)
            {
                entries.Add((change.Provider, change.Model), Merged(imported.Entry, Existing(imported.Entry, catalog)?.Entry, change, readOn));
            }
        }

        return new PriceImportResult(
            catalog.With(entries.Values, []),
            [.. changes.OrderBy(change => change.Provider, StringComparer.Ordinal).ThenBy(change => change.Model, StringComparer.Ordinal).ThenBy(change => change.Line)]);
    }

    private static ModelPrice? Existing(ModelEntry entry, PriceCatalog catalog) =>
        catalog.Find(entry.Model, entry.Provider) is { } found && found.Provider == entry.Provider ? found : null;

    private static PriceChange? Change(ImportedModel imported, PriceCatalog catalog, DateTimeOffset readOn)
    {
        ModelEntry entry = imported.Entry;
        ModelPrice? existing = Existing(entry, catalog);
        Rates? before = existing?.RatesFor(new PriceTerms(readOn));
        var listed = new ModelPrice(entry, new ProviderEntry { Name = entry.Provider });
        Rates? after = listed.RatesFor(new PriceTerms(readOn));
        PriceChange As(PriceChangeKind kind, string? detail = null) =>
            new(kind, entry.Provider, existing?.Model ?? entry.Model, imported.Line, before?.Input, after?.Input, before?.Output, after?.Output, detail);

        IReadOnlyList<PriceMove> moves = PriceMove.Between(existing, listed, readOn);
        if ((imported.Problem ?? (after is null ? "The list has no price for tokens." : Suspicion(moves))) is { } problem)
        {
            return As(PriceChangeKind.Refused, problem);
        }

        if (existing is null)
        {
            return As(PriceChangeKind.Added);
        }

        if (moves.Count > 0)
        {
            // Weighted like chat: three input tokens to one output token. Where these stay, the other prices decide.
            decimal difference = (3m * (after!.Input - before?.Input).GetValueOrDefault()) + (after.Output - before?.Output).GetValueOrDefault();
            difference = difference != 0m ? difference : moves.Sum(move => move.Difference);
            return As(difference < 0m ? PriceChangeKind.Cheaper : PriceChangeKind.Dearer, string.Join("; ", moves));
        }

        return entry.RetiredOn is { } day && existing.RetiredOn is null ? As(PriceChangeKind.Retired, $"Retires on {CatalogSyntax.Print(day)}.") : null;
    }

    private static string? Suspicion(IEnumerable<PriceMove> moves) =>
        moves.Select(move => PriceSanity.Problem(move.Unit, move.After, move.Before)).FirstOrDefault(problem => problem is not null);

    // A changed price never overwrites the one before it: that would price every past call anew.
    private static ModelEntry Merged(ModelEntry imported, ModelEntry? existing, PriceChange change, DateTimeOffset readOn)
    {
        if (existing is null)
        {
            return imported;
        }

        ModelEntry merged = existing with { Provider = imported.Provider, RetiredOn = existing.RetiredOn ?? imported.RetiredOn };
        if (change.Kind == PriceChangeKind.Retired)
        {
            return merged;
        }

        DateTime day = readOn.UtcDateTime.Date;
        DateTime? begun = imported.Periods.Where(period => period.From is null || period.From <= day).Max(period => period.From);
        return merged with
        {
            Periods =
            [
                .. existing.Periods.Where(period => period.From is null || period.From < day),
                .. imported.Periods.Where(period => period.From == begun).Select(period => period with { From = day }),
                .. imported.Periods.Where(period => period.From > day),
            ],
        };
    }
}
