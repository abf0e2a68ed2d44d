using Magsag.Cli.Stores;

namespace Magsag.Cli.Data;

/// <summary><c>magsag data search</c></summary>
internal static class DataSearchCommand
{
    public static Command Create(Terminal terminal)
    {
        var text = new Argument<string>("text") { Description = "Words that all have to occur, field:value terms (agent:triage cost_usd:>0.01 -outcome:ok), names of fields that have to be known (cost_usd)." };
        var limit = new LimitOption(50);
        var command = new Command("search", "Find calls by words, the newest first.") { text, limit };
        return StoreCommand.Create(command, terminal, OutputFormat.Json, limit.Validate, request => FindAsync(request, request.Arguments.GetValue(text)!, request.Arguments.GetValue(limit)));
    }

    private static async Task<StoreResult> FindAsync(StoreRequest request, string text, int limit)
    {
        var query = new RecordQuery { Filter = request.Filter with { Search = text }, Limit = limit };
        try
        {
            return StoreResult.List(CallTable.Create((await request.Store.QueryAsync(query, request.CancellationToken)).Records));
        }
        catch (ArgumentException error)
        {
            // The message without the name of the parameter.
            throw CommandFailure.Usage(error.Message.Split(" (Parameter ")[0], error);
        }
    }
}
