using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace Magsag.Runtime.Tests;

/// <summary>Answers with the same updates whatever is asked; then fails, if it is to.</summary>
internal sealed class ScriptedClient(params ChatResponseUpdate[] updates) : IChatClient
{
    private int _calls;

    public int Calls => _calls;

    public Exception? Failure { get; init; }

    public async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        await GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken);

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        int call = Interlocked.Increment(ref _calls);
        foreach (ChatResponseUpdate update in updates)
        {
            await Task.Yield();
            yield return new ChatResponseUpdate(ChatRole.Assistant, update.Contents) { ModelId = "gpt-4o-mini", ResponseId = $"r{call}", CreatedAt = DateTimeOffset.UtcNow };
        }

        if (Failure is not null)
        {
            throw Failure;
        }
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
    }

    public static ChatResponseUpdate Text(string text) => new(ChatRole.Assistant, text);

    public static ChatResponseUpdate Usage(UsageDetails usage) => new(ChatRole.Assistant, [new UsageContent(usage)]);
}
