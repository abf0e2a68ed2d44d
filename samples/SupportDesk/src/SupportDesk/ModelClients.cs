using System.ClientModel;
using Microsoft.Extensions.AI;
using OpenAI;

namespace SupportDesk;

/// <summary>The official OpenAI client, behind pipelines that record what every call costs.</summary>
public sealed class ModelClients : IDisposable
{
    private ModelClients(IChatClient chat, IEmbeddingGenerator<string, Embedding<float>> embeddings)
    {
        Chat = chat;
        Embeddings = embeddings;
    }

    /// <summary>Completes chats.</summary>
    public IChatClient Chat { get; }

    /// <summary>Turns texts into vectors.</summary>
    public IEmbeddingGenerator<string, Embedding<float>> Embeddings { get; }

    /// <summary>Makes the clients for a provider that speaks OpenAI's API.</summary>
    public static ModelClients Connect(Uri endpoint, ApiKeyCredential key, SupportDeskModels models)
    {
        var openAI = new OpenAIClient(key, new OpenAIClientOptions { Endpoint = endpoint });
        return new ModelClients(
            openAI.GetChatClient(models.Chat).AsIChatClient().AsBuilder().UseCostTracking().Build(),
            openAI.GetEmbeddingClient(models.Embeddings).AsIEmbeddingGenerator().AsBuilder().UseCostTracking().Build());
    }

    /// <summary>Releases both clients.</summary>
    public void Dispose()
    {
        Chat.Dispose();
        Embeddings.Dispose();
    }
}
