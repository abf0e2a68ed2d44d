using Magsag.Storage;
using Magsag.Storage.Tests;

namespace Magsag.Cli.Tests.Data;

/// <summary>A server that lets nobody in without a password, and users who may not do everything.</summary>
public sealed class PostgresRightsTests
{
    private const string Password = "correct-horse";

    [PostgresFact]
    public async Task A_wrong_password_is_told_without_the_password()
    {
        using var workspace = new Workspace();
        string address = PostgresCluster.CreateDatabase(), user = PostgresCluster.CreateUser(Password);

        string error = (await workspace.RunAsync("data", "query", "--store", As(user, "hunter2", address))).Refused(3);

        Assert.Equal($"magsag: PostgreSQL at '{WithoutUser(address)}' refuses the user or the password. Check both in the address.", error);
    }

    [PostgresFact]
    public async Task A_password_that_is_missing_is_asked_for()
    {
        using var workspace = new Workspace();
        string address = PostgresCluster.CreateDatabase(), user = PostgresCluster.CreateUser(Password);

        string error = (await workspace.RunAsync("data", "query", "--store", As(user, "", address))).Refused(3);

        Assert.Equal($"magsag: PostgreSQL at '{WithoutUser(address)}' wants a password. Put one into the address, into PGPASSWORD or into ~/.pgpass.", error);
    }

    [PostgresFact]
    public async Task A_database_that_does_not_exist_is_told_to_a_user_with_the_right_password()
    {
        using var workspace = new Workspace();
        string address = PostgresCluster.CreateDatabase() + "_other", user = PostgresCluster.CreateUser(Password);

        string error = (await workspace.RunAsync("report", "model", "--store", As(user, Password, address))).Refused(3);

        Assert.Equal($"magsag: PostgreSQL at '{WithoutUser(address)}' has no such database. Make it with createdb.", error);
    }

    [PostgresFact]
    public async Task A_user_who_may_not_make_the_tables_is_told_what_to_grant()
    {
        using var workspace = new Workspace();
        string address = PostgresCluster.CreateDatabase(), user = PostgresCluster.CreateUser(Password);

        string error = (await workspace.RunAsync("data", "query", "--store", As(user, Password, address))).Refused(3);

        Assert.Equal(Denied(address, $"permission denied for database {new Uri(address).AbsolutePath[1..]}"), error);
    }

    [PostgresTheory]
    [InlineData("REVOKE ALL ON SCHEMA magsag FROM {0}", "permission denied for schema magsag")]
    [InlineData("GRANT USAGE ON SCHEMA magsag TO {0}", "permission denied for table store_version")]
    [InlineData("GRANT USAGE ON SCHEMA magsag TO {0}; GRANT SELECT ON magsag.store_version TO {0}", "permission denied for table monthly")]
    public async Task A_user_who_may_not_read_the_tables_is_told_which(string grant, string told)
    {
        using var workspace = new Workspace();
        string address = await StoreAsync(), user = PostgresCluster.CreateUser(Password);
        PostgresCluster.ExecuteAt(address, string.Format(System.Globalization.CultureInfo.InvariantCulture, grant, user));

        string error = (await workspace.RunAsync("report", "agent", "--store", As(user, Password, address))).Refused(3);

        Assert.Equal(Denied(address, told), error);
    }

    [PostgresFact]
    public async Task A_user_who_may_read_and_not_write_gets_answers_and_a_refusal()
    {
        using Workspace workspace = Workspace.Recorded(".runs/costs/a.jsonl", Calls.Triage());
        string address = await StoreAsync(), user = PostgresCluster.CreateUser(Password);
        PostgresCluster.ExecuteAt(address, $"GRANT USAGE ON SCHEMA magsag TO {user}; GRANT SELECT ON ALL TABLES IN SCHEMA magsag TO {user}");

        Assert.Equal("[]\n", (await workspace.RunAsync("data", "query", "--store", As(user, Password, address))).Succeeded());
        Assert.Equal(Denied(address, "permission denied for schema magsag"), (await workspace.RunAsync("ingest", "--to", As(user, Password, address))).Refused(3));
    }

    private static async Task<string> StoreAsync()
    {
        string address = PostgresCluster.CreateDatabase();
        await (await CostStore.OpenAsync(address)).DisposeAsync();
        return address;
    }

    private static string As(string user, string password, string address) => address.Replace("magsag@", password.Length > 0 ? $"{user}:{password}@" : $"{user}@", StringComparison.Ordinal);

    private static string WithoutUser(string address) => address.Replace("magsag@", "", StringComparison.Ordinal);

    private static string Denied(string address, string found) =>
        $"magsag: The user may not do that in the store at '{WithoutUser(address)}' ({found}). Grant CREATE on the database and on its schema magsag, and the tables in it.";
}
