using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.AI;

namespace Magsag.Runtime.CrashWriter;

/// <summary>Calls through a pipeline, each in a run of its own.</summary>
internal static class RunCalls
{
    public static async Task RunAsync(string runs, int callers, int calls, bool isBlocking)
    {
        var ledger = new CostLedger(runs);
        IChatClient client = new Client(isBlocking ? TimeSpan.Zero : TimeSpan.FromSeconds(1)).AsBuilder().UseCostTracking(options => options.Ledger = ledger).Build();
        if (isBlocking)
        {
            ThreadPool.SetMinThreads(callers, callers);
        }

        await Task.WhenAll(Enumerable.Range(0, isBlocking ? callers : callers * calls).Select(caller => isBlocking ? Task.Run(() => Block(client, caller, calls)) : CallAsync(client, $"run-{caller}")));
        long end = Stopwatch.GetTimestamp();
        await ledger.FlushRecordsAsync();
        double recorded = Stopwatch.GetElapsedTime(end).TotalSeconds;
        await ledger.DisposeAsync();
        double closed = Stopwatch.GetElapsedTime(end).TotalSeconds;
        int records = Directory.GetFiles(Path.Combine(runs, "costs")).Sum(static file => File.ReadLines(file).Count() - 1);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{records} recorded, {ledger.LostRecords + ledger.DroppedRecords} lost; all on the disk {recorded:0.000} s after the last call, {Directory.GetFiles(runs, "summary.json", SearchOption.AllDirectories).Length} summaries after {closed:0.000} s"));
    }

    private static void Block(IChatClient client, int caller, int calls)
    {
        for (int call = 0; call < calls; call++)
        {
            CallAsync(client, $"run-{caller}-{call}").GetAwaiter().GetResult();
        }
    }

    private static async Task CallAsync(IChatClient client, string run)
    {
        using CostScope scope = CostScope.Begin(run: run);
        await client.GetResponseAsync("hi");
    }

    private sealed class Client(TimeSpan duration) : IChatClient
    {
        public async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
        {
            await Task.Delay(duration, cancellationToken);
            return new ChatResponse(new ChatMessage(ChatRole.Assistant, "fine")) { ModelId = "gpt-4o-mini", Usage = new UsageDetails { InputTokenCount = 1000, OutputTokenCount = 5, TotalTokenCount = 1005 } };
        }

        public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public object? GetService(Type serviceType, object? serviceKey = null) => null;

        public void Dispose()
        {
        }
    }
}
