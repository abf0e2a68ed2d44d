using System.Globalization;
using Magsag.Runtime;
using Microsoft.Data.Sqlite;

namespace Magsag.Storage.BudgetCaller;

/// <summary>The guard that the project was begun with, over a shared file: it looks at what is spent before a call and adds the call's cost afterwards.</summary>
internal sealed class NaiveBudgetStore : BudgetStore
{
    private readonly Lock _gate = new();
    private readonly SqliteConnection _connection;

    public NaiveBudgetStore(string path)
    {
        _connection = new SqliteConnection($"Data Source={path};Pooling=false;Default Timeout=120");
        _connection.Open();
        Run("PRAGMA journal_mode = WAL; CREATE TABLE IF NOT EXISTS spend (usd TEXT NOT NULL)");
    }

    internal override ValueTask<BudgetDecision> TryReserveAsync(BudgetClaim claim, CancellationToken cancellationToken = default)
    {
        decimal spent = Spent();
        BudgetLine line = claim.Lines[0];
        return ValueTask.FromResult(spent + claim.Amount.Usd > line.MaxUsd ? new BudgetDecision(line, new BudgetAmount(spent, 0, 0), default) : BudgetDecision.Granted);
    }

    internal override ValueTask SettleAsync(Guid claim, BudgetAmount actual, CancellationToken cancellationToken = default)
    {
        Run($"INSERT INTO spend VALUES ('{actual.Usd.ToString(CultureInfo.InvariantCulture)}')");
        return ValueTask.CompletedTask;
    }

    internal override ValueTask ReleaseAsync(Guid claim, CancellationToken cancellationToken = default) => ValueTask.CompletedTask;

    internal override ValueTask RecordAsync(BudgetClaim spent, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    internal override ValueTask<(BudgetAmount Spent, BudgetAmount Reserved)> ReadAsync(BudgetLine line, DateTimeOffset now, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    private decimal Spent()
    {
        lock (_gate)
        {
            decimal spent = 0m;
            using SqliteCommand command = _connection.CreateCommand();
            command.CommandText = "SELECT usd FROM spend";
            using SqliteDataReader rows = command.ExecuteReader();
            while (rows.Read())
            {
                spent += decimal.Parse(rows.GetString(0), CultureInfo.InvariantCulture);
            }

            return spent;
        }
    }

    private void Run(string sql)
    {
        lock (_gate)
        {
            using SqliteCommand command = _connection.CreateCommand();
            command.CommandText = sql;
            command.ExecuteNonQuery();
        }
    }
}
