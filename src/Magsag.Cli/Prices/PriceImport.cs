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

    /// <summary>Lays models of another list over a catalogue.</summary>
    /// <param name="models">The models.</param>
    /// <param name="catalog">The catalogue.</param>
    /// <param name="readOn">The day of the list.</param>
    /// <param name="choose">What to do with each, given what the catalogue has of it; without it, all are merged.</param>
    public static PriceImportResult Apply(IEnumerable<ImportedModel> models, PriceCatalog catalog, DateTimeOffset readOn, Func<ImportedModel, ModelPrice?, ImportChoice>? choose = null)
    {
        var changes = new List<PriceChange>();
        var refused = new List<RefusedFigure>();
        var entries = new Dictionary<(string Provider, string Model), ModelEntry>();
        int figures = 0;
        foreach (ImportedModel imported in models)
        {
            figures += imported.Figures.Count;
            ModelPrice? existing = Existing(imported.Entry, catalog);
            ImportChoice choice = choose?.Invoke(imported, existing) ?? ImportChoice.Merge;
            if (choice == ImportChoice.Skip)
            {
                continue;
            }

            PriceChange? change = Change(imported, existing, readOn);
            string? problem = change?.Kind == PriceChangeKind.Refused ? change.Detail : null;
            (string Provider, string Model) key = (imported.Entry.Provider, change is { Kind: PriceChangeKind.Cheaper or PriceChangeKind.Dearer or PriceChangeKind.Added } ? imported.Entry.Model : existing?.Model ?? imported.Entry.Model);
            if (change is not null && problem is null && entries.TryGetValue(key, out ModelEntry? other))
            {
                // Under two names in one list: the first one counts.
                problem = SamePrices(other, imported.Entry, readOn) ? null : $"the list has {key.Model} of {key.Provider} under another name, at other prices";
                change = null;
            }

            refused.AddRange(imported.Refused(problem));
            if (problem is null && existing is not null && choice == ImportChoice.Fill)
            {
                ModelEntry filled = ImportMerge.Fill(entries.TryGetValue((key.Provider, existing.Model), out ModelEntry? changed) ? changed : existing.Entry, imported.Entry);
                entries[(key.Provider, existing.Model)] = filled;
            }
            else if (change is not null && !(change.Detail == ImportedModel.NoTokenPrice && imported.Figures.Count > 0))
            {
                changes.Add(change);
                if (problem is null)
                {
                    entries[key] = Merged(imported.Entry, existing?.Entry, change, choice, readOn);
                }
            }
        }

        return new PriceImportResult(
            catalog.With([.. entries.Values, .. WithoutOwnNames(entries, catalog)], []),
            [.. changes.OrderBy(change => change.Provider, StringComparer.Ordinal).ThenBy(change => change.Model, StringComparer.Ordinal).ThenBy(change => change.Line)],
            refused)
        {
            Figures = figures,
        };
    }

    // A snapshot or an alias that now has prices of its own is no longer a name of the model that it was listed under.
    private static ModelEntry[] WithoutOwnNames(Dictionary<(string Provider, string Model), ModelEntry> entries, PriceCatalog catalog)
    {
        (string Provider, ModelEntry Under)[] split =
        [
            .. from key in entries.Keys
               let existing = catalog.Find(key.Model, key.Provider)
               where existing is not null && existing.Entry.Provider == key.Provider && existing.Entry.Also.Contains(key.Model)
               select (key.Provider, entries.TryGetValue((key.Provider, existing.Model), out ModelEntry? changed) ? changed : existing.Entry),
        ];
        return [.. split.DistinctBy(static name => (name.Provider, name.Under.Model)).Select(name => name.Under with { Also = [.. name.Under.Also.Where(also => !entries.ContainsKey((name.Provider, also)))] })];
    }

    private static bool SamePrices(ModelEntry one, ModelEntry other, DateTimeOffset readOn) => PriceMove.Between(PriceOf(one), PriceOf(other), readOn).Count == 0;

    private static ModelPrice? Existing(ModelEntry entry, PriceCatalog catalog) =>
        catalog.Find(entry.Model, entry.Provider) is { } found && found.Provider == entry.Provider && found.Entry.Provider == entry.Provider ? found : null;

    private static ModelPrice PriceOf(ModelEntry entry) => new(entry, new ProviderEntry { Name = entry.Provider });

    private static PriceChange? Change(ImportedModel imported, ModelPrice? existing, DateTimeOffset readOn)
    {
        ModelEntry entry = imported.Entry;
        Rates? before = existing?.RatesFor(new PriceTerms(readOn));
        if (imported.Problem is { } unusable)
        {
            return new PriceChange(PriceChangeKind.Refused, entry.Provider, entry.Model, imported.Line, before?.Input, null, before?.Output, null, unusable);
        }

        ModelPrice listed = PriceOf(entry);
        Rates? after = listed.RatesFor(new PriceTerms(readOn)) ?? listed.RatesFor(new PriceTerms(DateTimeOffset.MaxValue));
        PriceChange As(PriceChangeKind kind, IReadOnlyList<PriceMove> moves, string? detail = null) =>
            new(kind, entry.Provider, entry.Model, imported.Line, before?.Input, after?.Input, before?.Output, after?.Output, detail ?? (moves.Count > 0 ? string.Join("; ", moves) : null));

        IReadOnlyList<PriceMove> moves = PriceMove.Between(existing, listed, readOn);
        if ((after is null ? ImportedModel.NoTokenPrice : Suspicion(moves)) is { } problem)
        {
            return As(PriceChangeKind.Refused, moves, problem);
        }

        if (existing is null)
        {
            return As(PriceChangeKind.Added, []);
        }

        if (moves.Count > 0)
        {
            // Weighted like chat: three input tokens to one output token. Where these stay, the other prices decide.
            decimal difference = (3m * (after!.Input - before?.Input).GetValueOrDefault()) + (after.Output - before?.Output).GetValueOrDefault();
            difference = difference != 0m ? difference : moves.Sum(move => move.Difference);
            return As(difference < 0m ? PriceChangeKind.Cheaper : PriceChangeKind.Dearer, moves);
        }

        return entry.RetiredOn is { } day && existing.RetiredOn is null ? As(PriceChangeKind.Retired, [], $"Retires on {CatalogSyntax.Print(day)}.") : null;
    }

    private static string? Suspicion(IEnumerable<PriceMove> moves) =>
        moves.Select(move => PriceSanity.Problem(move.Unit, move.After, move.Before)).FirstOrDefault(problem => problem is not null);

    private static ModelEntry Merged(ModelEntry imported, ModelEntry? existing, PriceChange change, ImportChoice choice, DateTimeOffset readOn)
    {
        if (existing is null)
        {
            return imported;
        }

        // A snapshot with other prices than its model gets a row of its own.
        ModelEntry own = existing.Model == imported.Model ? existing : existing with { Model = imported.Model, Also = [], RetiredOn = null, Successor = null, Notes = [] };
        ModelEntry merged = change.Kind == PriceChangeKind.Retired ? existing
            : choice == ImportChoice.Correct ? own with { Periods = imported.Periods, Notes = [] }
            : ImportMerge.Merge(own, imported, readOn);
        return ImportMerge.Fill(merged, imported) with { RetiredOn = merged.RetiredOn ?? imported.RetiredOn };
    }
}
