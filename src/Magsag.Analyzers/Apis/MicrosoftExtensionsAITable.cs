namespace Magsag.Analyzers;

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
            Batches = [("GenerateAsync", "GenerateAsync"), ("GenerateVectorAsync", "GenerateAsync")],
        },
        new(
            ApiKind.Media,
            ["Microsoft.Extensions.AI.IImageGenerator", "Microsoft.Extensions.AI.ImageGeneratorExtensions"],
            ["GenerateAsync", "GenerateImagesAsync", "EditImagesAsync", "EditImageAsync"],
            "Microsoft.Extensions.AI.ImageGenerationOptions",
            null,
            "ModelId"),
    ];

    public override ToolLoop[] ToolLoops { get; } =
    [
        new("Microsoft.Extensions.AI.FunctionInvokingChatClientBuilderExtensions", "UseFunctionInvocation", "configure", "MaximumIterationsPerRequest", 41),
    ];

    public override ModelSite[] ModelSites { get; } =
    [
        new("Microsoft.Extensions.AI.OpenAIClientExtensions", "AsIChatClient", "defaultModelId"),
    ];
}
