using System.Text;
using Magsag.Ledger.Lines;
using Magsag.Ledger.Records;

namespace Magsag.Cli.Data;

/// <summary>Recorded calls as a table.</summary>
internal static class CallTable
{
    public static Table Create(IReadOnlyList<LedgerRecord> records) => Table.From(
        "calls",
        "Calls",
        records,
        [
            new("ts", "Time", static record => record.Timestamp, CellKind.Time),
            new("run_id", "Run", static record => record.RunId),
            new("agent", "Agent", static record => record.Agent),
            new("customer", "Customer", static record => record.Customer),
            new("model", "Model", static record => record.Model ?? record.RequestedModel),
            new("operation", "Operation", static record => record.Operation),
            new("outcome", "Outcome", static record => record.Correction is null ? Encoding.UTF8.GetString(LedgerWords.WordFor(record.Outcome)) : "correction"),
            new("input_tokens", "Input tokens", static record => record.InputTokens, CellKind.Tokens),
            new("output_tokens", "Output tokens", static record => record.OutputTokens, CellKind.Tokens),
            new("cost_usd", "Cost", static record => record is { CostUsd: { } known, IsLowerBound: true, Correction: null } ? new BoundedAmount(known, '≥') : record.CostUsd, CellKind.Money),
            new("cost_bound", "Bound", static record => record is { IsLowerBound: true, Correction: null } ? LedgerWords.LowerBound : null, ForProgramsOnly: true),
            new("test", "Test", static record => record.Test),
            new("site", "Call site", static record => record.Site),
            new("id", "Record", static record => record.Id.ToString()),
        ]);
}
