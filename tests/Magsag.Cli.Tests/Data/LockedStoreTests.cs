using Magsag.Storage.Tests;

namespace Magsag.Cli.Tests.Data;

/// <summary>Another process has the store locked.</summary>
public sealed class LockedStoreTests
{
    [Theory]
    [InlineData("data query")]
    [InlineData("report model")]
    [InlineData("ingest --to sqlite:.runs/costs.db")]
    public async Task A_store_that_stays_locked_is_told_of_while_it_is_waited_for_and_an_error_in_the_end(string command)
    {
        using Workspace workspace = Workspace.Recorded(".runs/costs/a.jsonl", Calls.Triage());
        using HeldLock other = await HeldLock.OfStoreAsync(workspace.PathOf(".runs/costs.db"));

        ToolResult result = await workspace.RunAsync(static terminal => terminal with { StoreSilence = TimeSpan.Zero, StorePatience = TimeSpan.FromMilliseconds(50) }, command.Split(' '));

        string store = workspace.PathOf(".runs/costs.db");
        Assert.Equal(3, result.ExitCode);
        Assert.Equal("", result.Output);
        Assert.Equal(
            $"magsag: waiting for the store '{store}', which another process is writing\n"
            + $"magsag: The store '{store}' is locked by another process, which has written nothing for 0.05 s. Expected it to be done by then; wait until it is, or end it, and try again.\n",
            result.Error);
    }

    [Fact]
    public async Task A_store_that_is_only_read_answers_while_another_process_writes_it()
    {
        using Workspace workspace = Workspace.Recorded(".runs/costs/a.jsonl", Calls.Triage());
        await workspace.RunAsync("ingest", "--to", "sqlite:.runs/costs.db");
        using var other = new HeldLock(workspace.PathOf(".runs/costs.db"));

        Assert.Contains("\"calls\": 1", (await workspace.RunAsync("data", "query", "--store", "sqlite:.runs/costs.db")).Succeeded());
    }
}
