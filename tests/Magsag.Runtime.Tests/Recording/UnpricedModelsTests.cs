using Magsag.Pricing.Catalogue;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;

namespace Magsag.Runtime.Tests;

/// <summary>Models that nobody knows, whose names come from users and from answers.</summary>
public sealed class UnpricedModelsTests : RecordingTest
{
    [Fact]
    public async Task The_caller_does_not_wait_for_the_search_of_names_that_are_like_an_unknown_one()
    {
        var log = new WaitingLog();
        var models = new UnpricedModels(log);
        var caller = new Thread(() => models.Report("gpt-4o-minj", null, PriceCatalog.Embedded));
        caller.Start();
        caller.Join();

        (string line, bool isPooled) = await log.FirstAsync();
        Assert.Contains("gpt-4o-mini", line, StringComparison.Ordinal);
        Assert.True(isPooled);
    }

    [Fact]
    public async Task A_name_of_a_mebibyte_is_told_cut_and_finds_nothing()
    {
        var log = new WaitingLog();
        new UnpricedModels(log).Report(new string('x', 1 << 20), null, PriceCatalog.Embedded);

        Assert.InRange((await log.FirstAsync()).Line.Length, 200, 400);
    }

    [Fact]
    public void Names_without_end_are_told_and_remembered_up_to_a_number()
    {
        var models = new UnpricedModels(new WaitingLog());
        for (int number = 0; number < 20_000; number++)
        {
            models.Report($"made-up-{number}", null, PriceCatalog.Embedded);
        }

        Assert.Equal(1_000, models.Count);
    }

    [Fact]
    public void Nobody_searches_when_nobody_listens()
    {
        var models = new UnpricedModels(Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance);

        models.Report("made-up", null, PriceCatalog.Embedded);

        Assert.Equal(0, models.Count);
    }

    [Theory]
    [InlineData("x")]
    [InlineData("/")]
    [InlineData("*")]
    [InlineData("models/")]
    [InlineData("-2024-08-06")]
    [InlineData("arn:aws:")]
    public async Task A_call_to_a_model_with_a_name_of_a_mebibyte_is_recorded(string piece)
    {
        string name = string.Concat(Enumerable.Repeat(piece, (1 << 20) / piece.Length));
        IChatClient client = new ScriptedClient(ScriptedClient.Text("fine")).AsBuilder().UseCostTracking(Configure).Build(new CapturedLog());

        await client.GetResponseAsync("hi", new ChatOptions { ModelId = name });

        Assert.NotNull(await TheRecordAsync());
        Assert.Null(PriceCatalog.Embedded.Find(name));
        Assert.Empty(PriceCatalog.Embedded.Nearest(name));
    }

    private sealed class WaitingLog : ILogger
    {
        private readonly TaskCompletionSource<(string Line, bool IsPooled)> _first = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<(string Line, bool IsPooled)> FirstAsync() => _first.Task;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            _first.TrySetResult((formatter(state, exception), Thread.CurrentThread.IsThreadPoolThread));
    }
}
