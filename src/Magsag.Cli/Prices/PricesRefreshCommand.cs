namespace Magsag.Cli.Prices;

/// <summary><c>magsag prices refresh</c></summary>
internal static class PricesRefreshCommand
{
    public static Command Create(Terminal terminal)
    {
        var catalogue = new Argument<string>("catalogue") { Description = "The catalogue to refresh, in the format of src/Magsag.Pricing/Catalogue/prices.txt." };
        var sources = new Option<string[]>("--source") { Description = "A public list as FORMAT:DAY:FILE, such as genai-prices:2026-09-23:data.json; may stand several times.", HelpName = "list", Arity = ArgumentArity.OneOrMore, Required = true };
        var decisions = new Option<string>("--decisions") { Description = "The reviewed decisions: what is taken, corrected, skipped and dropped.", HelpName = "file", Required = true };
        var overrides = new Option<string>("--overrides") { Description = "Prices that were read by hand, in the format of the catalogue: they replace what the lists say.", HelpName = "file", Required = true };
        var output = new Option<string?>("--output", "-o") { Description = "Where to write the new catalogue; only shown what changes when left out.", HelpName = "file" };
        var command = new Command("refresh", "Make the next price catalogue from public lists and reviewed decisions (for who maintains one).") { catalogue, sources, decisions, overrides, output };
        return OutputOptions.Print(command, terminal, (parsed, _, _) =>
        {
            PriceRefresh refresh = new(
                ReadCatalog(parsed.GetValue(catalogue)!, terminal),
                PriceDecision.ReadAll(InputFile.Existing(parsed.GetValue(decisions)!, "decisions", terminal)),
                ReadCatalog(parsed.GetValue(overrides)!, terminal));
            PriceSource[] lists = [.. parsed.GetValue(sources)!.Select(text => PriceSource.Parse(text, terminal)).OrderBy(static source => source.Day)];
            Array.ForEach(lists, refresh.Read);
            Array.ForEach(lists, refresh.Fill);

            string text = refresh.Print();
            if (parsed.GetValue(output) is { } file)
            {
                string target = terminal.FullPath(file);
                OutputFile.Write(target, terminal, path => OutputFile.WriteText(path, text));
            }

            return PriceChanges.CreateReport("What the lists change in the catalogue", refresh.Changes, refresh.Refused) with
            {
                Notes = [.. refresh.LeftOut.Select(static left => $"Left out of {left.Key}: {MoneyText.Count(left.Value)} models that no decision takes.")],
            };
        });
    }

    private static PriceCatalog ReadCatalog(string named, Terminal terminal)
    {
        string path = InputFile.Existing(named, "a price catalogue", terminal);
        try
        {
            return PriceCatalog.Parse(File.ReadAllText(path).Replace("\r", "", StringComparison.Ordinal), Path.GetFileName(path));
        }
        catch (PriceFormatException error)
        {
            throw new UnreadableInputException(path, error.Line, error.Problem, error);
        }
    }
}
