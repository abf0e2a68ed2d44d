using SupportDesk.Provider.Tokens;

namespace SupportDesk.Provider.Chat;

/// <summary>The tokens that a completion is billed for. Nothing is ever cached: small prompts aren't.</summary>
internal sealed record ChatUsage(int PromptTokens, int CompletionTokens)
{
    // OpenAI frames every message with three tokens and opens the reply with three more.
    private const int TokensPerMessage = 3;
    private const int TokensToOpenReply = 3;

    public int TotalTokens => PromptTokens + CompletionTokens;

    public object PromptTokensDetails { get; } = new { CachedTokens = 0, AudioTokens = 0 };

    public object CompletionTokensDetails { get; } = new { ReasoningTokens = 0, AudioTokens = 0, AcceptedPredictionTokens = 0, RejectedPredictionTokens = 0 };

    public static ChatUsage Count(ChatRequest request, string reply) =>
        new(TokensToOpenReply + request.Messages.Sum(CountMessage), TokenCounter.Chat.Count(reply));

    private static int CountMessage(ChatRequestMessage message) =>
        TokensPerMessage + TokenCounter.Chat.Count(message.Role) + TokenCounter.Chat.Count(message.Text);
}
