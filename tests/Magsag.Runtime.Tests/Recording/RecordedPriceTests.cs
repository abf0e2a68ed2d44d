using Magsag.Pricing.Tokens;
using Microsoft.Extensions.Logging;

namespace Magsag.Runtime.Tests;

public sealed class RecordedPriceTests : IDisposable, ILoggerFactory, ILogger
{
    private static readonly DateTimeOffset Called = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("magsag-prices-");
    private readonly List<string> _log = [];

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public async Task A_record_names_the_price_and_the_day_from_which_it_holds()
    {
        LedgerRecord record = Assert.Single(await RecordAsync("gpt-4o-mini"));

        Assert.Matches("^openai/gpt-4o-mini@[0-9]{4}-[0-9]{2}-[0-9]{2}$", record.PriceId);
    }

    [Fact]
    public async Task A_model_without_a_price_has_neither_cost_nor_price()
    {
        LedgerRecord record = Assert.Single(await RecordAsync("gpt-4o-minni"));

        Assert.Equal((1000L, (decimal?)null, (string?)null), (record.InputTokens, record.CostUsd, record.PriceId));
    }

    [Fact]
    public async Task A_model_without_a_price_is_logged_once_beside_the_model_that_was_meant()
    {
        await RecordAsync("gpt-4o-minni", calls: 3);

        // The line is written beside the call, which doesn't wait for it.
        Assert.True(SpinWait.SpinUntil(() => _log.Count > 0, TimeSpan.FromSeconds(10)));
        string line = Assert.Single(_log);
        Assert.Contains("'gpt-4o-minni'", line, StringComparison.Ordinal);
        Assert.Contains("gpt-4o-mini", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_deployment_is_priced_by_the_own_prices_that_the_build_found()
    {
        string file = Path.Combine(_directory.FullName, "magsag.prices.yaml");
        await File.WriteAllTextAsync(file, "version: 1\ndeployments:\n  support-prod: gpt-4o-mini\n");

        LedgerRecord record = Assert.Single(await RecordAsync("support-prod", host: new RecordingHost { ConfiguredPricesFile = file }));

        Assert.Equal(0.00021m, record.CostUsd);
    }

    [Fact]
    public async Task With_own_prices_that_can_not_be_read_a_cost_is_unknown_and_the_line_is_logged()
    {
        string file = Path.Combine(_directory.FullName, "magsag.prices.yaml");
        await File.WriteAllTextAsync(file, "version: 1\ndeployment:\n  support-prod: gpt-4o-mini\n");

        LedgerRecord record = Assert.Single(await RecordAsync("gpt-4o-mini", host: new RecordingHost { ConfiguredPricesFile = file }));

        Assert.Equal((1000L, (decimal?)null), (record.InputTokens, record.CostUsd));
        Assert.Contains($"{file} can't be used", Assert.Single(_log), StringComparison.Ordinal);
        Assert.Contains("line 2", _log[0], StringComparison.Ordinal);
    }

    IDisposable? ILogger.BeginScope<TState>(TState state) => null;

    bool ILogger.IsEnabled(LogLevel logLevel) => true;

    void ILogger.Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => _log.Add(formatter(state, exception));

    ILogger ILoggerFactory.CreateLogger(string categoryName) => this;

    void ILoggerFactory.AddProvider(ILoggerProvider provider)
    {
    }

    private async Task<List<LedgerRecord>> RecordAsync(string model, int calls = 1, RecordingHost? host = null)
    {
        await using (var ledger = new CostLedger(_directory.FullName))
        {
            CostRecorder recorder = CostRecorder.Create(new CostTrackingOptions { Ledger = ledger }, this, host ?? new RecordingHost());
            for (int call = 0; call < calls; call++)
            {
                recorder.Record(new CallObservation { Operation = "chat", Provider = "openai", Model = model, Usage = new Usage { InputTokens = 1000, OutputTokens = 100 }, Started = Called });
            }
        }

        using var reader = new LedgerReader(Assert.Single(Directory.GetFiles(Path.Combine(_directory.FullName, "costs"))));
        return [.. reader.ReadToEnd()];
    }
}
