using Magsag.Ledger.Lines;
using Magsag.Ledger.Records;

namespace Magsag.Cli;

/// <summary>Recorded calls as a table.</summary>
internal static class CallTable
{
    public static Table Of(IEnumerable<LedgerRecord> records) => new(
        "calls",
        "Calls",
        [
            new Column("ts", "Time", CellKind.Time),
            new Column("run_id", "Run"),
            new Column("agent", "Agent"),
            new Column("customer", "Customer"),
            new Column("model", "Model"),
            new Column("operation", "Operation"),
            new Column("outcome", "Outcome"),
            new Column("input_tokens", "Input tokens", CellKind.Tokens),
            new Column("output_tokens", "Output tokens", CellKind.Tokens),
            new Column("cost_usd", "Cost", CellKind.Money),
            new Column("test", "Test"),
            new Column("site", "Call site"),
            new Column("id", "Record"),
        ],
        [.. records.Select(static record => (IReadOnlyList<object?>)[record.Timestamp, record.RunId, record.Agent, record.Customer, record.Model ?? record.RequestedModel, record.Operation, OutcomeOf(record), record.InputTokens, record.OutputTokens, record.CostUsd, record.Test, record.Site, record.Id.ToString()])]);

    private static string OutcomeOf(LedgerRecord record) =>
        record.Correction is null ? System.Text.Encoding.UTF8.GetString(LedgerWords.Of(record.Outcome)) : "correction";
}
