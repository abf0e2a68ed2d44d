namespace Magsag.Analyzers.Sdks;

/// <summary>The official OpenAI client, versions 2.1 to 2.15.</summary>
internal sealed class OpenAITable : SdkTable
{
    private const string Raw = "System.ClientModel.BinaryContent";
    private const string Message = "OpenAI.Chat.ChatMessage";
    private const string Item = "OpenAI.Responses.ResponseItem";

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
            MessageType = Message,
            NewUserMessage = "new global::OpenAI.Chat.UserChatMessage({0})",
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
            RequestForm = new(
                [[("model", "{0}")], [("userInputText", $"[global::{Item}.CreateUserMessageItem({{0}})]"), ("inputItems", "{0}")]],
                [("previousResponseId", "PreviousResponseId")]),
        },
        // The same in the versions before 2.9, whose client is for one model.
        new(
            ApiKind.Text,
            ["OpenAI.Responses.OpenAIResponseClient"],
            ["CreateResponse", "CreateResponseAsync", "CreateResponseStreaming", "CreateResponseStreamingAsync"],
            "OpenAI.Responses.ResponseCreationOptions",
            "MaxOutputTokenCount",
            null)
        {
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
            Batches = [new("GenerateEmbedding", "GenerateEmbeddings"), new("GenerateEmbeddingAsync", "GenerateEmbeddingsAsync", "{0}") { ItemsMember = "Value", ResultMember = "Value" }, new("GenerateEmbeddings", "GenerateEmbeddings"), new("GenerateEmbeddingsAsync", "GenerateEmbeddingsAsync")],
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

    public override EndpointOptions[] EndpointOptions { get; } = [new("OpenAI.OpenAIClientOptions", "Endpoint", "Transport"), new("OpenAI.Responses.ResponsesClientOptions", "Endpoint", "Transport")];

    public override string[] MessageTypes => [Message, Item];

    public override string[] ToolCallNames => ["ToolCalls", "FunctionCallResponseItem"];

    public override string[] InstructionNames => ["Instructions", "SystemChatMessage", "DeveloperChatMessage", "CreateSystemMessage", "CreateDeveloperMessage", "CreateSystemMessageItem", "CreateDeveloperMessageItem"];

    public override ModelParameter[] ModelParameters { get; } =
    [
        new("OpenAI.OpenAIClient", "GetChatClient", "model"),
        new("OpenAI.OpenAIClient", "GetEmbeddingClient", "model"),
        new("OpenAI.OpenAIClient", "GetOpenAIResponseClient", "model"),
        new("OpenAI.Responses.OpenAIResponseClient", ModelParameter.Constructor, "model"),
        new("OpenAI.Chat.ChatClient", ModelParameter.Constructor, "model"),
        new("OpenAI.Embeddings.EmbeddingClient", ModelParameter.Constructor, "model"),
        new("OpenAI.Responses.CreateResponseOptions", ModelParameter.Constructor, "model"),
        .. ModelParameter.ForEach("OpenAI.Responses.ResponsesClient", "model", "CreateResponse", "CreateResponseAsync", "CreateResponseStreaming", "CreateResponseStreamingAsync"),
        .. ModelParameter.ForEach("OpenAI.Assistants.AssistantClient", "model", "CreateAssistant", "CreateAssistantAsync"),
    ];
}
