namespace SupportDesk;

/// <summary>The models that the support desk calls.</summary>
/// <param name="Chat">The model that triages and answers.</param>
/// <param name="Embeddings">The model that finds articles.</param>
public sealed record SupportDeskModels(string Chat, string Embeddings)
{
    /// <summary>The environment variable that names another chat model: the sample's one switch.</summary>
    public const string Switch = "SUPPORTDESK_MODEL";

    /// <summary>The economical models that the desk uses unless it is told otherwise.</summary>
    public static SupportDeskModels Default { get; } = new("gpt-4o-mini", "text-embedding-3-small");

    /// <summary>The default models, with the chat model that <see cref="Switch"/> names.</summary>
    public static SupportDeskModels FromEnvironment() => WithChatModel(Environment.GetEnvironmentVariable(Switch));

    /// <summary>The default models, with another chat model when one is named.</summary>
    public static SupportDeskModels WithChatModel(string? name) =>
        string.IsNullOrWhiteSpace(name) ? Default : Default with { Chat = name.Trim() };
}
