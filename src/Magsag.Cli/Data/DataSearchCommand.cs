using System.CommandLine;
using Magsag.Storage;

namespace Magsag.Cli;

/// <summary><c>magsag data search</c></summary>
internal static class DataSearchCommand
{
    public static Command Create(Terminal terminal)
    {
        var text = new Argument<string>("text") { Description = "Words that all have to occur, field:value terms (agent:triage cost_usd:>0.01 -outcome:ok), names of fields that have to be known (cost_usd)." };
        var limit = new LimitOption(50);
        var command = new Command("search", "Find calls by words, the newest first.") { text, limit };
        FilterOptions filters = FilterOptions.AddTo(command);
        StoreOptions stores = StoreOptions.AddTo(command);
        OutputOptions format = OutputOptions.AddTo(command, redirected: OutputFormat.Json);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            RecordFilter filter = filters.Of(parsed, format.ZoneOf(parsed), terminal.Clock.GetUtcNow()).ForStore() with { Search = parsed.GetValue(text) };
            int most = limit.Of(parsed);
            await using ICostStore store = await stores.OpenAsync(parsed, terminal, cancellationToken);
            RecordPage page = await FindAsync(store, new RecordQuery { Filter = filter, Limit = most }, cancellationToken);
            format.Write(Report.Of(CallTable.Of(page.Records)), parsed, terminal);
            return ExitCode.Passed;
        });
        return command;
    }

    private static async Task<RecordPage> FindAsync(ICostStore store, RecordQuery query, CancellationToken cancellationToken)
    {
        try
        {
            return await store.QueryAsync(query, cancellationToken);
        }
        catch (ArgumentException error)
        {
            // What is wrong with the text stands before the name of a parameter that users never see.
            throw CommandFailure.Usage(error.Message.Split(" (Parameter ")[0], error);
        }
    }
}
