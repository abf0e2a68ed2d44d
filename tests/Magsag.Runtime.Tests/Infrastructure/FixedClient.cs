using Microsoft.Extensions.AI;

namespace Magsag.Runtime.Tests;

/// <summary>Answers everything alike, at once.</summary>
internal sealed class FixedClient(string model) : IChatClient
{
    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, "fine")) { ModelId = model, Usage = new UsageDetails { InputTokenCount = 1000, OutputTokenCount = 5, TotalTokenCount = 1005 } });

    public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
    }
}
