using SupportDesk.Provider.Replies;
using SupportDesk.Provider.Tokens;

namespace SupportDesk.Provider.Chat;

/// <summary>What the provider answers to a request, before it is written as one object or as a stream.</summary>
internal sealed record ChatReply(string Id, long Created, string Model, string Text, string FinishReason, ChatUsage Usage)
{
    public static ChatReply To(ChatRequest request, string version)
    {
        var whole = RuleModel.Answer(request);
        var text = request.Cap is { } cap ? TokenCounter.Chat.Truncate(whole, cap) : whole;
        return new ChatReply(
            $"chatcmpl-{Guid.NewGuid():N}",
            TimeProvider.System.GetUtcNow().ToUnixTimeSeconds(),
            version,
            text,
            text.Length == whole.Length ? "stop" : "length",
            ChatUsage.Count(request, text));
    }
}
