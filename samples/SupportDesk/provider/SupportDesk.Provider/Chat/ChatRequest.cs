namespace SupportDesk.Provider.Chat;

/// <summary>The members of a chat completion request that the provider honours.</summary>
internal sealed record ChatRequest(
    string Model,
    IReadOnlyList<ChatRequestMessage> Messages,
    int? MaxCompletionTokens = null,
    int? MaxTokens = null,
    bool Stream = false,
    StreamOptions? StreamOptions = null,
    ResponseFormat? ResponseFormat = null)
{
    /// <summary>The cap on the reply in tokens; <c>max_tokens</c> is its older name. Null means none.</summary>
    public int? Cap => MaxCompletionTokens ?? MaxTokens;
}
