namespace Magsag.Analyzers;

/// <summary>The official OpenAI client, versions 2.1 to 2.15.</summary>
internal sealed class OpenAITable : SdkTable
{
    private const string Raw = "System.ClientModel.BinaryContent";

    public override string Marker => "OpenAI.OpenAIClient";

    public override LlmApi[] Apis { get; } =
    [
        new(
            ApiKind.Text,
            ["OpenAI.Chat.ChatClient"],
            ["CompleteChat", "CompleteChatAsync", "CompleteChatStreaming", "CompleteChatStreamingAsync"],
            "OpenAI.Chat.ChatCompletionOptions",
            "MaxOutputTokenCount",
            null)
        {
            EscapeHatches = ["Patch"],
            ProtocolParameter = Raw,
        },
        new(
            ApiKind.Text,
            ["OpenAI.Responses.ResponsesClient"],
            ["CreateResponse", "CreateResponseAsync", "CreateResponseStreaming", "CreateResponseStreamingAsync"],
            "OpenAI.Responses.CreateResponseOptions",
            "MaxOutputTokenCount",
            "Model")
        {
            EscapeHatches = ["Patch"],
            ProtocolParameter = Raw,
        },
        new(
            ApiKind.Embeddings,
            ["OpenAI.Embeddings.EmbeddingClient"],
            ["GenerateEmbedding", "GenerateEmbeddingAsync", "GenerateEmbeddings", "GenerateEmbeddingsAsync"],
            "OpenAI.Embeddings.EmbeddingGenerationOptions",
            null,
            null)
        {
            ProtocolParameter = Raw,
            Batches = [("GenerateEmbedding", "GenerateEmbeddings"), ("GenerateEmbeddingAsync", "GenerateEmbeddingsAsync")],
        },
        new(
            ApiKind.Text,
            ["OpenAI.Assistants.AssistantClient"],
            ["CreateRun", "CreateRunAsync", "CreateRunStreaming", "CreateRunStreamingAsync", "CreateThreadAndRun", "CreateThreadAndRunAsync", "CreateThreadAndRunStreaming", "CreateThreadAndRunStreamingAsync"],
            "OpenAI.Assistants.RunCreationOptions",
            "MaxOutputTokenCount",
            "ModelOverride")
        {
            EscapeHatches = ["Patch"],
            ProtocolParameter = Raw,
        },
        new(
            ApiKind.Media,
            ["OpenAI.Images.ImageClient"],
            ["GenerateImage", "GenerateImageAsync", "GenerateImages", "GenerateImagesAsync", "GenerateImageEdit", "GenerateImageEditAsync", "GenerateImageEdits", "GenerateImageEditsAsync"],
            "OpenAI.Images.ImageGenerationOptions",
            null,
            null)
        {
            ProtocolParameter = Raw,
        },
        new(
            ApiKind.Media,
            ["OpenAI.Audio.AudioClient"],
            ["GenerateSpeech", "GenerateSpeechAsync", "TranscribeAudio", "TranscribeAudioAsync", "TranslateAudio", "TranslateAudioAsync"],
            null,
            null,
            null)
        {
            ProtocolParameter = Raw,
        },
    ];

    public override ModelSite[] ModelSites { get; } =
    [
        new("OpenAI.OpenAIClient", "GetChatClient", "model"),
        new("OpenAI.OpenAIClient", "GetEmbeddingClient", "model"),
        new("OpenAI.Chat.ChatClient", ModelSite.Constructor, "model"),
        new("OpenAI.Embeddings.EmbeddingClient", ModelSite.Constructor, "model"),
        new("OpenAI.Responses.CreateResponseOptions", ModelSite.Constructor, "model"),
        .. ModelSite.Of("OpenAI.Responses.ResponsesClient", "model", "CreateResponse", "CreateResponseAsync", "CreateResponseStreaming", "CreateResponseStreamingAsync"),
        .. ModelSite.Of("OpenAI.Assistants.AssistantClient", "model", "CreateAssistant", "CreateAssistantAsync"),
    ];
}
