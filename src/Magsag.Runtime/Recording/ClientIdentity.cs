// Images, speech and transcription are experimental in Microsoft.Extensions.AI; who uses them has accepted that.
#pragma warning disable MEAI001

using Microsoft.Extensions.AI;

namespace Magsag.Runtime.Recording;

/// <summary>What the client of a pipeline says about itself.</summary>
/// <param name="Provider">The provider, in OpenTelemetry's spelling.</param>
/// <param name="Address">Where it sends its requests.</param>
/// <param name="DefaultModel">The model of requests that name none.</param>
internal readonly record struct ClientIdentity(string? Provider, Uri? Address, string? DefaultModel)
{
    /// <summary>Reads the metadata of a client of any kind; null stands for a client without any.</summary>
    public static ClientIdentity From(object? metadata) => metadata switch
    {
        ChatClientMetadata chat => From(chat.ProviderName, chat.ProviderUri, chat.DefaultModelId),
        EmbeddingGeneratorMetadata embeddings => From(embeddings.ProviderName, embeddings.ProviderUri, embeddings.DefaultModelId),
        ImageGeneratorMetadata images => From(images.ProviderName, images.ProviderUri, images.DefaultModelId),
        SpeechToTextClientMetadata transcription => From(transcription.ProviderName, transcription.ProviderUri, transcription.DefaultModelId),
        TextToSpeechClientMetadata speech => From(speech.ProviderName, speech.ProviderUri, speech.DefaultModelId),
        _ => default,
    };

    private static ClientIdentity From(string? provider, Uri? address, string? model) => new(IsAzure(address) ? "azure.ai.openai" : provider, address, model);

    // Adapters call Azure's clients "openai", too.
    private static bool IsAzure(Uri? address) => address is { IsAbsoluteUri: true, Host: { } host }
        && (host.EndsWith(".openai.azure.com", StringComparison.OrdinalIgnoreCase) || host.EndsWith(".cognitiveservices.azure.com", StringComparison.OrdinalIgnoreCase));
}
