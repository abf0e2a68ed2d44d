using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Magsag.Runtime.Tests;

public sealed class TestHostLedgerTests : IDisposable
{
    private static readonly RecordingHost Host = new() { TestAssembly = "Desk.Tests", Framework = "net10.0" };

    private readonly RunsDirectory _runs = new();

    public void Dispose() => _runs.Dispose();

    private CostLedger Open() => new(_runs.Path, new CostLedgerOptions { FlushInterval = TimeSpan.FromHours(1) }, Host);

    [Fact]
    public async Task A_record_has_reached_the_operating_system_before_the_call_returns()
    {
        await using CostLedger ledger = Open();

        ledger.Enqueue(Record());

        Assert.Single(_runs.Records());
    }

    [Fact]
    public async Task Records_of_many_threads_are_counted_and_written_before_their_calls_return()
    {
        await using CostLedger ledger = Open();

        Parallel.For(0, 500, _ => ledger.Enqueue(Record()));

        Assert.Equal((500, 500), (_runs.Records().Count, Counts().GetProperty("recorded").GetInt32()));
    }

    [Fact]
    public async Task A_call_is_counted_while_it_runs_and_the_session_is_known_before_its_first_record()
    {
        await using CostLedger ledger = Open();
        var answer = new TaskCompletionSource<ChatResponse>();
        IChatClient client = new WaitingClient(answer.Task).AsBuilder().UseCostTracking(options => options.Ledger = ledger).Build();

        Task<ChatResponse> call = client.GetResponseAsync("hi");

        Assert.Equal("Desk.Tests", LedgerReader.ReadSession(Assert.Single(_runs.Files))!.Assembly);
        Assert.Equal((1, 0, 0, false), Figures());
        answer.SetResult(new ChatResponse());
        await call;
        Assert.Equal((1, 1, 1, false), Figures());
    }

    [Fact]
    public async Task A_ledger_that_is_closed_says_that_its_session_is_over_and_counts_what_it_is_given_after()
    {
        CostLedger ledger = Open();
        ledger.Enqueue(Record());
        await ledger.DisposeAsync();
        Assert.Equal((0, 0, 1, true), Figures());

        ledger.Enqueue(Record());

        Assert.Equal((0, 0, 2, false), Figures());
        Assert.Single(_runs.Records());
    }

    [Fact]
    public async Task Nothing_recorded_leaves_no_file()
    {
        await using (Open())
        {
        }

        Assert.False(Directory.Exists(_runs.Path));
    }

    [Fact]
    public async Task Outside_test_hosts_nothing_is_counted()
    {
        await using (var ledger = new CostLedger(_runs.Path))
        {
            ledger.Enqueue(Record());
        }

        Assert.Empty(Directory.GetFiles(_runs.Path, "*.calls.json", SearchOption.AllDirectories));
    }

    private static LedgerRecord Record() => new() { Id = Guid.CreateVersion7(), Timestamp = DateTimeOffset.UtcNow, Model = "gpt-4o-mini" };

    private JsonElement Counts()
    {
        using var file = new FileStream(Assert.Single(Directory.GetFiles(Path.Combine(_runs.Path, "costs"), "*.calls.json")), FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        return JsonSerializer.Deserialize<JsonElement>(file);
    }

    private (int Begun, int Ended, int Recorded, bool Over) Figures()
    {
        JsonElement counts = Counts();
        return (counts.GetProperty("begun").GetInt32(), counts.GetProperty("ended").GetInt32(), counts.GetProperty("recorded").GetInt32(), counts.GetProperty("over").GetBoolean());
    }

    private sealed class WaitingClient(Task<ChatResponse> answer) : IChatClient
    {
        public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) => answer;

        public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public object? GetService(Type serviceType, object? serviceKey = null) => null;

        public void Dispose()
        {
        }
    }
}
