using System.Globalization;
using Magsag.Runtime;
using Microsoft.Data.Sqlite;

namespace Magsag.Storage.Budgets;

/// <summary>Loads and saves the rows of budgets in a SQLite file. Its caller has the transaction.</summary>
internal sealed class SqliteBudgetRows(SqliteConnection connection) : IDisposable
{
    private const string Amounts = "spent_usd, spent_calls, spent_tokens, reserved_usd, reserved_calls, reserved_tokens";

    private readonly Dictionary<string, SqliteCommand> _commands = new(StringComparer.Ordinal);

    /// <summary>The account with the slots of a line's window.</summary>
    public BudgetAccount Account(BudgetLine line)
    {
        var account = new BudgetAccount(line.Account);
        using SqliteDataReader rows = Command(
            $"SELECT start, forget_at, {Amounts} FROM budget_slots WHERE account = $account AND (start >= $from AND start < $to OR start = $slot)",
            ("$account", line.Account),
            ("$from", line.From.UtcTicks),
            ("$to", line.To.UtcTicks),
            ("$slot", line.Slot.UtcTicks)).ExecuteReader();
        while (rows.Read())
        {
            account.SlotAt(rows.GetInt64(0)).Load(rows.GetInt64(1), AmountAt(rows, 2), AmountAt(rows, 5));
        }

        return account;
    }

    public BudgetSlot Slot(string account, long start)
    {
        var slot = new BudgetSlot(account, start);
        using SqliteDataReader row = Command(
            $"SELECT forget_at, {Amounts} FROM budget_slots WHERE account = $account AND start = $start",
            ("$account", account),
            ("$start", start)).ExecuteReader();
        if (row.Read())
        {
            slot.Load(row.GetInt64(0), AmountAt(row, 1), AmountAt(row, 4));
        }

        return slot;
    }

    public void Save(BudgetSlot slot) => Run(
        "INSERT OR REPLACE INTO budget_slots VALUES ($account, $start, $forget, $spent_usd, $spent_calls, $spent_tokens, $reserved_usd, $reserved_calls, $reserved_tokens)",
        ("$account", slot.Account),
        ("$start", slot.Start),
        ("$forget", slot.ForgetAt),
        ("$spent_usd", Text(slot.Spent.Usd)),
        ("$spent_calls", slot.Spent.Calls),
        ("$spent_tokens", slot.Spent.Tokens),
        ("$reserved_usd", Text(slot.Reserved.Usd)),
        ("$reserved_calls", slot.Reserved.Calls),
        ("$reserved_tokens", slot.Reserved.Tokens));

    /// <summary>The claim of an id with its slots; null when there is none.</summary>
    public OpenClaim? Claim(Guid id)
    {
        using SqliteDataReader row = Command("SELECT usd, calls, tokens, is_charged, expires, forget_at, slots FROM budget_claims WHERE id = $id", ("$id", Text(id))).ExecuteReader();
        return !row.Read()
            ? null
            : new OpenClaim
            {
                Id = id,
                Amount = AmountAt(row, 0),
                IsCharged = row.GetInt64(3) != 0,
                Expires = row.GetInt64(4),
                ForgetAt = row.GetInt64(5),
                Slots = [.. ClaimSlots.Read(row.GetString(6)).Select(slot => Slot(slot.Account, slot.Start))],
            };
    }

    public IReadOnlyList<Guid> ExpiredClaims(DateTimeOffset now)
    {
        List<Guid> expired = [];
        using SqliteDataReader rows = Command("SELECT id FROM budget_claims WHERE is_charged = 0 AND expires <= $now", ("$now", now.UtcTicks)).ExecuteReader();
        while (rows.Read())
        {
            expired.Add(Guid.ParseExact(rows.GetString(0), "N"));
        }

        return expired;
    }

    public void Save(OpenClaim claim) => Run(
        "INSERT OR REPLACE INTO budget_claims VALUES ($id, $charged, $expires, $forget, $usd, $calls, $tokens, $slots)",
        ("$id", Text(claim.Id)),
        ("$charged", claim.IsCharged ? 1 : 0),
        ("$expires", claim.Expires),
        ("$forget", claim.ForgetAt),
        ("$usd", Text(claim.Amount.Usd)),
        ("$calls", claim.Amount.Calls),
        ("$tokens", claim.Amount.Tokens),
        ("$slots", ClaimSlots.Write(claim.Slots)));

    public void Delete(OpenClaim claim) => Run("DELETE FROM budget_claims WHERE id = $id", ("$id", Text(claim.Id)));

    /// <summary>Remembers a record of a slot; false when it is known.</summary>
    public bool AddRecord(BudgetSlot slot, Guid id) =>
        Run("INSERT OR IGNORE INTO budget_records VALUES ($account, $start, $id)", ("$account", slot.Account), ("$start", slot.Start), ("$id", Text(id))) > 0;

    /// <summary>Lets the observed time go on and forgets what no window reaches any more.</summary>
    public long Sweep(DateTimeOffset clock)
    {
        ObservedTime time = ReadTime(clock).At(clock);
        Run("INSERT OR REPLACE INTO budget_time VALUES (1, $passed, $clock)", ("$passed", time.Passed), ("$clock", time.Clock));
        Run("DELETE FROM budget_claims WHERE is_charged = 1 AND forget_at < $passed", ("$passed", time.Passed));
        if (Run("DELETE FROM budget_slots WHERE forget_at < $passed AND reserved_calls = 0 AND reserved_tokens = 0 AND CAST(reserved_usd AS REAL) = 0", ("$passed", time.Passed)) > 0)
        {
            Run("DELETE FROM budget_records WHERE NOT EXISTS (SELECT 1 FROM budget_slots s WHERE s.account = budget_records.account AND s.start = budget_records.start)");
        }

        return time.Passed;
    }

    public void Dispose()
    {
        foreach (SqliteCommand command in _commands.Values)
        {
            command.Dispose();
        }
    }

    public int Run(string sql, params ReadOnlySpan<(string Name, object Value)> parameters) => Command(sql, parameters).ExecuteNonQuery();

    private ObservedTime ReadTime(DateTimeOffset clock)
    {
        using SqliteDataReader row = Command("SELECT passed, clock FROM budget_time").ExecuteReader();
        return row.Read() ? new ObservedTime(row.GetInt64(0), row.GetInt64(1)) : new ObservedTime(0, clock.UtcTicks);
    }

    private static BudgetAmount AmountAt(SqliteDataReader row, int column) =>
        new(decimal.Parse(row.GetString(column), CultureInfo.InvariantCulture), row.GetInt64(column + 1), row.GetInt64(column + 2));

    private static string Text(decimal usd) => usd.ToString(CultureInfo.InvariantCulture);

    private static string Text(Guid id) => id.ToString("N");

    private SqliteCommand Command(string sql, params ReadOnlySpan<(string Name, object Value)> parameters)
    {
        if (!_commands.TryGetValue(sql, out SqliteCommand? command))
        {
            command = connection.CreateCommand();
            command.CommandText = sql;
            foreach ((string name, object value) in parameters)
            {
                command.Parameters.AddWithValue(name, value);
            }

            _commands[sql] = command;
            return command;
        }

        for (int index = 0; index < parameters.Length; index++)
        {
            command.Parameters[index].Value = parameters[index].Value;
        }

        return command;
    }
}
