using Magsag.Yaml;

namespace Magsag.Cli.Prices;

/// <summary><c>magsag prices import</c></summary>
internal static class PricesImportCommand
{
    public static Command Create(Terminal terminal)
    {
        var list = new Argument<string>("list") { Description = "The price list: LiteLLM's model_prices_and_context_window.json or the data.json of genai-prices." };
        var models = new Argument<string[]>("model") { Description = "The models to take over; all that changed when left out.", Arity = ArgumentArity.ZeroOrMore };
        var output = new Option<string>("--output", "-o") { Description = "The file of own prices to write; it must not exist yet.", HelpName = "file", DefaultValueFactory = static _ => OwnPrices.FileName };
        var kind = new PriceListOptions();
        var command = new Command("import", "Write a file of own prices with what a price list of others says differently.") { list, models, output };
        kind.AddTo(command);
        command.SetAction(parsed =>
        {
            string path = InputFile.Existing(parsed.GetValue(list)!, "a price list", terminal);
            string target = terminal.FullPath(parsed.GetValue(output)!);
            if (Path.Exists(target))
            {
                throw CommandFailure.Usage($"{terminal.Shown(target)} exists already, and what a team wrote isn't overwritten. Give another --output and take over what you want.");
            }

            DateTimeOffset day = kind.GetDay(parsed, TimeZoneInfo.Utc, terminal);
            PriceImportResult imported = PriceListFormat.Import(kind.GetFormat(parsed), path, PriceCatalog.Embedded, day);
            TellRefused(imported, parsed.GetValue(models)!, terminal);
            PriceChange[] changes = [.. Wanted(imported.Changes, parsed.GetValue(models)!)];
            if (changes.Length == 0)
            {
                terminal.WriteNotice($"Magsag: {terminal.Shown(path)} has no price that the catalogue doesn't have; nothing was written.");
                return ExitCode.Passed;
            }

            OutputFile.Write(target, terminal, file => OutputFile.WriteText(file, OwnPricesText.Write(changes, imported.Catalog, Path.GetFileName(path), day)));
            terminal.WriteNotice($"Magsag: {MoneyText.Count(changes.Length)} {(changes.Length == 1 ? "model" : "models")} with changed prices, in {terminal.Shown(target)}");
            return ExitCode.Passed;
        });
        return command;
    }

    // Importing must not hide what was left out.
    private static void TellRefused(PriceImportResult imported, string[] models, Terminal terminal)
    {
        int refused = imported.Changes.Count(static change => change.Kind == PriceChangeKind.Refused);
        if (refused > 0 && models.Length == 0)
        {
            terminal.WriteNotice($"magsag: {MoneyText.Count(refused)} {(refused == 1 ? "entry was" : "entries were")} refused; `magsag prices diff` says why.");
        }

        RefusedFigure[] figures = [.. imported.Refused.Where(figure => models.Length == 0 || models.Any(model => model.Equals(figure.Model, StringComparison.OrdinalIgnoreCase)))];
        foreach (IGrouping<string, RefusedFigure> group in figures.GroupBy(static figure => figure.Reason).OrderByDescending(static group => group.Count()))
        {
            terminal.WriteNotice($"magsag: {MoneyText.Count(group.Count())} {(group.Count() == 1 ? "figure isn't" : "figures aren't")} written: {group.Key} ({group.First().Provider}/{group.First().Model}{(group.Count() > 1 ? " …" : "")}).");
        }
    }

    private static IEnumerable<PriceChange> Wanted(IReadOnlyList<PriceChange> changes, string[] models)
    {
        PriceChange[] usable = [.. changes.Where(static change => change.Kind is PriceChangeKind.Added or PriceChangeKind.Cheaper or PriceChangeKind.Dearer)];
        if (models.Length == 0)
        {
            return usable;
        }

        if (changes.FirstOrDefault(change => change.Kind == PriceChangeKind.Refused && models.Any(model => Is(change, model))) is { } refused)
        {
            throw CommandFailure.Usage($"The list's {refused.Model} (line {refused.Line}) is refused. {refused.Detail}");
        }

        string[] missing = [.. models.Where(model => usable.All(change => !Is(change, model)))];
        return missing.Length == 0
            ? usable.Where(change => models.Any(model => Is(change, model)))
            : throw CommandFailure.Usage($"The list changes nothing about {string.Join(", ", missing)}; `magsag prices diff` shows what it changes.");
    }

    private static bool Is(PriceChange change, string model) => change.Model.Equals(model, StringComparison.OrdinalIgnoreCase) || $"{change.Provider}/{change.Model}".Equals(model, StringComparison.OrdinalIgnoreCase);
}
