using Magsag.Ledger.Lines;
using Magsag.Ledger.Records;

namespace Magsag.Cli.Data;

/// <summary>Recorded calls as a table.</summary>
internal static class CallTable
{
    public static Table Of(IEnumerable<LedgerRecord> records) => new(
        "calls",
        "Calls",
        [
            new TableColumn("ts", "Time", CellKind.Time),
            new TableColumn("run_id", "Run"),
            new TableColumn("agent", "Agent"),
            new TableColumn("customer", "Customer"),
            new TableColumn("model", "Model"),
            new TableColumn("operation", "Operation"),
            new TableColumn("outcome", "Outcome"),
            new TableColumn("input_tokens", "Input tokens", CellKind.Tokens),
            new TableColumn("output_tokens", "Output tokens", CellKind.Tokens),
            new TableColumn("cost_usd", "Cost", CellKind.Money),
            new TableColumn("test", "Test"),
            new TableColumn("site", "Call site"),
            new TableColumn("id", "Record"),
        ],
        [.. records.Select(static record => (IReadOnlyList<object?>)[record.Timestamp, record.RunId, record.Agent, record.Customer, record.Model ?? record.RequestedModel, record.Operation, OutcomeOf(record), record.InputTokens, record.OutputTokens, record.CostUsd, record.Test, record.Site, record.Id.ToString()])]);

    private static string OutcomeOf(LedgerRecord record) =>
        record.Correction is null ? System.Text.Encoding.UTF8.GetString(LedgerWords.Of(record.Outcome)) : "correction";
}
