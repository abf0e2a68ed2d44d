using Magsag.Ledger.Records;
using Magsag.Ledger.Summaries;

namespace Magsag.Runtime.Runs;

/// <summary>Adds up the calls of one run that one session recorded, in bounded memory.</summary>
internal sealed class RunAccumulator(string run)
{
    // A tag that is unique per request would otherwise make a row of every call.
    private const int MostRows = 8192;

    private readonly SummaryBuilder _builder = new();

    // Only hashes of the rows' keys are kept: a collision lets one row more in.
    private readonly HashSet<int> _rows = [];

    public string Run => run;

    /// <summary>How many rows of a summary the run takes.</summary>
    public int Rows => _rows.Count;

    /// <summary>Calls that aren't in the summary, because it would take too many rows.</summary>
    public long LeftOutCalls { get; private set; }

    /// <summary>Whether the run has calls that were recorded before this accumulator was made.</summary>
    public bool HasMissed { get; init; }

    /// <summary>Whether calls were added since the summary was last written.</summary>
    public bool HasChanged { get; private set; }

    public void MarkWritten() => HasChanged = false;

    public void Add(LedgerRecord record)
    {
        HasChanged = true;
        int row = RowOf(record);
        if (_rows.Count >= MostRows && !_rows.Contains(row))
        {
            LeftOutCalls++;
            return;
        }

        _rows.Add(row);
        _builder.Add(record);
    }

    public CostSummary ToSummary() => _builder.ToSummary();

    private static int RowOf(LedgerRecord record)
    {
        var hash = default(HashCode);
        hash.Add(RunSpend.SlotOf(record.Timestamp));
        hash.Add(record.Agent);
        hash.Add(record.Customer);
        hash.Add(record.BillingTier);
        hash.Add(record.Provider);
        hash.Add(record.Model ?? record.RequestedModel);
        hash.Add(record.Operation);
        hash.Add(record.ServiceTier);
        hash.Add(record.Region);
        hash.Add(record.Test);
        hash.Add(record.Site);
        hash.Add(record.Member);
        foreach (KeyValuePair<string, string> tag in record.Tags ?? new Dictionary<string, string>())
        {
            hash.Add(tag.Key);
            hash.Add(tag.Value);
        }

        return hash.ToHashCode();
    }
}
