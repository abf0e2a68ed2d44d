using Magsag.Runtime.Tests;

namespace Magsag.Runtime.Sdks.Tests;

/// <summary>A test of clients that record in a ledger of its own.</summary>
public abstract class RecordedClientTest : IAsyncLifetime
{
    private readonly RunsDirectory _runs = new();

    private protected RecordedClientTest() => Ledger = new CostLedger(_runs.Path);

    protected CostLedger Ledger { get; }

    public Task InitializeAsync() => Task.CompletedTask;

    public virtual async Task DisposeAsync()
    {
        await Ledger.DisposeAsync();
        _runs.Dispose();
        GC.SuppressFinalize(this);
    }

    protected void RecordInLedger(CostTrackingOptions options) => options.Ledger = Ledger;

    /// <summary>All that was recorded so far.</summary>
    protected async Task<List<LedgerRecord>> RecordsAsync()
    {
        await Ledger.FlushAsync();
        return _runs.Records();
    }
}
