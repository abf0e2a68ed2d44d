using Microsoft.Extensions.AI;

namespace Magsag.Runtime;

/// <summary>Records a call as an app would, and says which test the record names. Compiled into the tests of each framework.</summary>
internal static class Recorded
{
    /// <summary>The test of a call that is made after the code that began it has left the stack.</summary>
    public static async Task<string?> TestOfACallAsync()
    {
        DirectoryInfo runs = Directory.CreateTempSubdirectory("magsag-ambient-");
        try
        {
            await using (var ledger = new CostLedger(runs.FullName))
            {
                IChatClient client = new SilentClient().AsBuilder().UseCostTracking(options => (options.Ledger, options.CaptureCallSites) = (ledger, false)).Build();
                await Task.Yield();
                await client.GetResponseAsync("hi").ConfigureAwait(false);
            }

            using var reader = new LedgerReader(Directory.GetFiles(Path.Combine(runs.FullName, "costs"), "*.jsonl").Single());
            return reader.ReadToEnd().Single().Test;
        }
        finally
        {
            runs.Delete(recursive: true);
        }
    }

    private sealed class SilentClient : IChatClient
    {
        public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
            Task.FromResult(new ChatResponse { ModelId = "gpt-4o-mini", Usage = new UsageDetails { InputTokenCount = 1, OutputTokenCount = 0 } });

        public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) => AsyncEnumerable.Empty<ChatResponseUpdate>();

        public object? GetService(Type serviceType, object? serviceKey = null) => null;

        public void Dispose()
        {
        }
    }
}
