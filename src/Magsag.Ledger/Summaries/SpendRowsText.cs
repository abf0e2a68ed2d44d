using Magsag.Ledger.Lines;
using Magsag.Ledger.Records;

namespace Magsag.Ledger.Summaries;

/// <summary>Rows of spend as JSON text, a line for each: a summary of many runs has little else.</summary>
/// <remarks>Written by hand as ledger lines are, because a general JSON writer takes several times as long. Not thread-safe.</remarks>
internal sealed class SpendRowsText
{
    // All names and numbers, a time, and what stands between.
    private const int MostBytesBesideTexts = 512;

    private byte[] _bytes = new byte[64 * 1024];
    private int _length;

    public ReadOnlySpan<byte> Bytes => _bytes.AsSpan(0, _length);

    public void Clear() => _length = 0;

    public void Add(RunSpend row)
    {
        string? tags = TagText.From(row.Call.Tags);
        MakeRoom(MostBytesOf(row.Call, tags));
        var line = new LineCursor(_bytes.AsSpan(_length));
        line.Time(_length == 0 ? "\n    {\"start\":\""u8 : ",\n    {\"start\":\""u8, row.Start.UtcDateTime);
        line.Text(",\"run_id\":\""u8, row.Call.RunId);
        line.Text(",\"agent\":\""u8, row.Call.Agent);
        line.Text(",\"model\":\""u8, row.Call.Model);
        line.Text(",\"customer\":\""u8, row.Call.Customer);
        line.Text(",\"billing_tier\":\""u8, row.Call.BillingTier);
        line.Json(",\"tags\":"u8, tags);
        line.Number(",\"calls\":"u8, row.Calls);
        line.Number(",\"tokens\":"u8, row.Tokens);
        line.Money(",\"cost_usd\":"u8, row.CostUsd);
        line.Number(",\"calls_of_unknown_cost\":"u8, row.CallsOfUnknownCost > 0 ? row.CallsOfUnknownCost : null);
        line.Number(",\"estimated_calls\":"u8, row.EstimatedCalls > 0 ? row.EstimatedCalls : null);
        line.Raw("}"u8);
        _length += line.Length;
    }

    private void MakeRoom(int bytes)
    {
        if (_bytes.Length - _length < bytes)
        {
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, _length + bytes));
        }
    }

    private static int MostBytesOf(CallAttribution call, string? tags)
    {
        int characters = LengthOf(call.RunId) + LengthOf(call.Agent) + LengthOf(call.Model) + LengthOf(call.Customer) + LengthOf(call.BillingTier) + LengthOf(tags);
        return MostBytesBesideTexts + checked(characters * LedgerText.MostBytesPerCharacter);
    }

    private static int LengthOf(string? text) => text?.Length ?? 0;
}
