using Microsoft.Extensions.AI;

namespace Magsag.Runtime.Tests;

/// <summary>Asks for a tool once, then answers.</summary>
internal sealed class ToolCallingClient : IChatClient
{
    private int _calls;

    public async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        await Task.Yield();
        AIContent content = _calls++ == 0 ? new FunctionCallContent("1", "weather") : new TextContent("It is sunny.");
        return new ChatResponse(new ChatMessage(ChatRole.Assistant, [content])) { ModelId = "gpt-4o-mini", Usage = new UsageDetails { InputTokenCount = 10, OutputTokenCount = 2 } };
    }

    public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) => throw new NotSupportedException("Only whole responses are asked for.");

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
    }
}
