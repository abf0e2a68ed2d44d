namespace Magsag.Runtime.Tests;

/// <summary>A test with a ledger of its own.</summary>
public abstract class RecordingTest : IAsyncLifetime
{
    private readonly RunsDirectory _runs = new();

    protected RecordingTest() => Ledger = new CostLedger(_runs.Path);

    protected CostLedger Ledger { get; }

    protected string RunsPath => _runs.Path;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await Ledger.DisposeAsync();
        _runs.Dispose();
    }

    protected void Configure(CostTrackingOptions options) => options.Ledger = Ledger;

    protected async Task<List<LedgerRecord>> RecordsAsync()
    {
        await Ledger.FlushAsync();
        return _runs.Records();
    }

    protected async Task<LedgerRecord> TheRecordAsync() => Assert.Single(await RecordsAsync());
}
