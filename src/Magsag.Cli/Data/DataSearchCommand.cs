namespace Magsag.Cli.Data;

/// <summary><c>magsag data search</c></summary>
internal static class DataSearchCommand
{
    public static Command Create(Terminal terminal)
    {
        var text = new Argument<string>("text") { Description = "Words that all have to occur, field:value terms (agent:triage cost_usd:>0.01 -outcome:ok), names of fields that have to be known (cost_usd)." };
        return StoreQuery.Create(
            new Command("search", "Find calls by words, the newest first.") { text },
            usualLimit: 50,
            terminal,
            (parsed, store, query, cancellationToken) => FindAsync(store, query with { Filter = query.Filter with { Search = parsed.GetValue(text) } }, cancellationToken));
    }

    private static async Task<Table> FindAsync(ICostStore store, RecordQuery query, CancellationToken cancellationToken)
    {
        try
        {
            return CallTable.Create((await store.QueryAsync(query, cancellationToken)).Records);
        }
        catch (ArgumentException error)
        {
            // What is wrong with the text stands before the name of a parameter that users never see.
            throw CommandFailure.Usage(error.Message.Split(" (Parameter ")[0], error);
        }
    }
}
