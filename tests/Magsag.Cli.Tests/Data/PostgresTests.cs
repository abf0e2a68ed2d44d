using Magsag.Storage;
using Magsag.Storage.Tests;

namespace Magsag.Cli.Tests.Data;

public sealed class PostgresTests
{
    [PostgresFact]
    public async Task What_was_ingested_into_PostgreSQL_is_found_there()
    {
        using Workspace workspace = Workspace.Recorded(".runs/costs/a.jsonl", Calls.Triage(), Calls.Answer());
        string address = PostgresCluster.CreateDatabase();

        ToolResult ingested = await workspace.RunAsync("ingest", "--to", address);
        string found = (await workspace.RunAsync("data", "query", "--agent", "triage", "--store", address)).Succeeded();

        Assert.StartsWith("Magsag: 2 new records of 1 file", ingested.Error, StringComparison.Ordinal);
        Assert.Contains("\"calls\": 1", found);
    }

    [PostgresFact]
    public async Task A_store_of_a_later_schema_is_refused_by_every_command_that_opens_it()
    {
        using Workspace workspace = Workspace.Recorded(".runs/costs/a.jsonl", Calls.Triage());
        string address = PostgresCluster.CreateDatabase();
        await (await CostStore.OpenAsync(address)).DisposeAsync();
        PostgresCluster.ExecuteAt(address, "UPDATE magsag.store_version SET version = 99");

        foreach (string[] command in (string[][])[["data", "query", "--store", address], ["report", "model", "--store", address], ["ingest", "--to", address]])
        {
            Assert.Contains("has schema version 99; this version of Magsag reads version", (await workspace.RunAsync(command)).Refused(3));
        }
    }

    [PostgresFact]
    public async Task A_database_that_is_not_there_is_named_with_the_command_that_makes_it()
    {
        using var workspace = new Workspace();
        string address = PostgresCluster.CreateDatabase() + "_other";

        Assert.EndsWith("_other' has no such database. Make it with createdb.", (await workspace.RunAsync("data", "query", "--store", address)).Refused(3), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_is_down_is_named_without_the_password()
    {
        using var workspace = new Workspace();
        string server = $"127.0.0.1:{PostgresCluster.FreePort()}/costs";

        string error = (await workspace.RunAsync("data", "query", "--store", $"postgres://me:hunter2@{server}")).Refused(3);

        Assert.StartsWith($"magsag: PostgreSQL at 'postgres://{server}' can't be reached (", error, StringComparison.Ordinal);
        Assert.EndsWith("). Check that it runs, and the host and port in the address.", error, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", error);
    }
}
