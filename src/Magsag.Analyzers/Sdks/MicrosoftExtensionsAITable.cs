namespace Magsag.Analyzers.Sdks;

/// <summary>Microsoft.Extensions.AI and its abstractions.</summary>
internal sealed class MicrosoftExtensionsAITable : SdkTable
{
    public override string Marker => "Microsoft.Extensions.AI.IChatClient";

    public override LlmApi[] Apis { get; } =
    [
        new(
            ApiKind.Text,
            ["Microsoft.Extensions.AI.IChatClient", "Microsoft.Extensions.AI.ChatClientExtensions", "Microsoft.Extensions.AI.ChatClientStructuredOutputExtensions"],
            ["GetResponseAsync", "GetStreamingResponseAsync"],
            "Microsoft.Extensions.AI.ChatOptions",
            "MaxOutputTokens",
            "ModelId")
        {
            EscapeHatches = ["RawRepresentationFactory", "AdditionalProperties"],
            HasPipelines = true,
        },
        new(
            ApiKind.Embeddings,
            ["Microsoft.Extensions.AI.IEmbeddingGenerator<TInput, TEmbedding>", "Microsoft.Extensions.AI.EmbeddingGeneratorExtensions"],
            ["GenerateAsync", "GenerateVectorAsync", "GenerateAndZipAsync"],
            "Microsoft.Extensions.AI.EmbeddingGenerationOptions",
            null,
            "ModelId")
        {
            HasPipelines = true,
            Batches = [new("GenerateAsync", "GenerateAsync", "{0}"), new("GenerateVectorAsync", "GenerateAsync", "{0}.Vector"), new("GenerateAndZipAsync", "GenerateAndZipAsync")],
        },
        new(
            ApiKind.Media,
            ["Microsoft.Extensions.AI.IImageGenerator", "Microsoft.Extensions.AI.ImageGeneratorExtensions"],
            ["GenerateAsync", "GenerateImagesAsync", "EditImagesAsync", "EditImageAsync"],
            "Microsoft.Extensions.AI.ImageGenerationOptions",
            null,
            "ModelId"),
    ];

    public override ClientPipeline Pipeline { get; } = new()
    {
        Clients = ["Microsoft.Extensions.AI.IChatClient", "Microsoft.Extensions.AI.IEmbeddingGenerator", "Microsoft.Extensions.AI.IEmbeddingGenerator<TInput, TEmbedding>"],
        Builder = "Microsoft.Extensions.AI.ChatClientBuilder",
        ToBuilder = "AsBuilder",
        Build = "Build",
        OptionsStep = "ConfigureOptions",
        CapMember = "MaxOutputTokens",
        CappingMembers = ["MaxOutputTokens", "RawRepresentationFactory", "AdditionalProperties"],
        ReducerStep = "UseChatReducer",
        NewReducer = "new MessageCountingChatReducer(20)",
        ReducerWarning = "MEAI001",
        CacheStep = "UseDistributedCache",
    };

    public override string[] ClientInterfaces => ["IChatClient"];

    public override string[] MessageTypes => ["Microsoft.Extensions.AI.ChatMessage"];

    public override string[] ToolCallNames => ["FunctionCallContent"];

    public override string[] TurnAdders => ["AddMessages", "AddMessagesAsync"];

    public override string[] HistoryReducers => ["ReduceAsync"];

    public override string[] InstructionNames => ["Instructions"];

    public override string[] SystemRoles => ["ChatRole.System"];

    public override ToolLoop[] ToolLoops { get; } =
    [
        new("Microsoft.Extensions.AI.FunctionInvokingChatClientBuilderExtensions", "UseFunctionInvocation", "configure", "MaximumIterationsPerRequest", 41),
    ];

    public override ModelParameter[] ModelParameters { get; } =
    [
        new("Microsoft.Extensions.AI.OpenAIClientExtensions", "AsIChatClient", "defaultModelId"),
    ];
}
