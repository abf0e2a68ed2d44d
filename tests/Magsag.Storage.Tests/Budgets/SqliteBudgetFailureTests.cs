using Magsag.Runtime;
using Magsag.Storage.BudgetCaller;
using Magsag.Storage.Budgets;
using Microsoft.Data.Sqlite;

namespace Magsag.Storage.Tests;

public sealed class SqliteBudgetFailureTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task A_failure_that_rolls_back_by_itself_is_told_and_the_store_goes_on()
    {
        DirectoryInfo directory = Directory.CreateTempSubdirectory("magsag-budget-");
        string path = Path.Combine(directory.FullName, "budgets.db");
        using (var store = new SqliteBudgetStore(path))
        {
            var claim = new BudgetClaim(Guid.NewGuid(), Now, Now.AddMinutes(1), new BudgetAmount(0.5m, 1, 10), [BudgetTest.Line(1m, "a")]);
            Execute(path, "CREATE TRIGGER failing BEFORE INSERT ON budget_claims BEGIN SELECT RAISE(ROLLBACK, 'no more claims today'); END");

            var error = await Assert.ThrowsAsync<SqliteException>(async () => await store.TryReserveAsync(claim));
            Execute(path, "DROP TRIGGER failing");

            Assert.Contains("no more claims today", error.Message, StringComparison.Ordinal);
            Assert.True((await store.TryReserveAsync(claim)).IsGranted);
        }

        directory.Delete(recursive: true);
    }

    private static void Execute(string path, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={path};Pooling=false");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
