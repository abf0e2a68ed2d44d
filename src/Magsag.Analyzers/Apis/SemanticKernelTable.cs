namespace Magsag.Analyzers;

/// <summary>Semantic Kernel: settings are an argument of a service's call, or travel inside the arguments of a prompt.</summary>
internal sealed class SemanticKernelTable : SdkTable
{
    private const string Settings = "Microsoft.SemanticKernel.PromptExecutionSettings";
    private const string OpenAISettings = "Microsoft.SemanticKernel.Connectors.OpenAI.OpenAIPromptExecutionSettings";
    private const string AzureSettings = "Microsoft.SemanticKernel.Connectors.AzureOpenAI.AzureOpenAIPromptExecutionSettings";

    private static readonly string[] Hatches = ["ExtensionData", "ExtraBody"];

    public override string Marker => "Microsoft.SemanticKernel.Kernel";

    public override LlmApi[] Apis { get; } =
    [
        new(
            ApiKind.Text,
            [
                "Microsoft.SemanticKernel.ChatCompletion.IChatCompletionService", "Microsoft.SemanticKernel.ChatCompletion.ChatCompletionServiceExtensions",
                "Microsoft.SemanticKernel.TextGeneration.ITextGenerationService", "Microsoft.SemanticKernel.TextGeneration.TextGenerationExtensions",
            ],
            ["GetChatMessageContentAsync", "GetChatMessageContentsAsync", "GetStreamingChatMessageContentsAsync", "GetTextContentAsync", "GetTextContentsAsync", "GetStreamingTextContentsAsync"],
            Settings,
            "MaxTokens",
            null)
        {
            OptionsSubtypes = [OpenAISettings, AzureSettings],
            NewOptionsType = OpenAISettings,
            EscapeHatches = Hatches,
        },
        new(
            ApiKind.Text,
            ["Microsoft.SemanticKernel.KernelExtensions"],
            ["InvokePromptAsync", "InvokePromptStreamingAsync"],
            Settings,
            "MaxTokens",
            null)
        {
            OptionsSubtypes = [OpenAISettings, AzureSettings],
            OptionsCarriers = ["Microsoft.SemanticKernel.KernelArguments"],
            NewOptionsType = OpenAISettings,
            EscapeHatches = Hatches,
            EscapeParameters = ["promptTemplateConfig"],
        },
        new(
            ApiKind.Embeddings,
            ["Microsoft.SemanticKernel.Embeddings.IEmbeddingGenerationService<TValue, TEmbedding>", "Microsoft.SemanticKernel.Embeddings.EmbeddingGenerationExtensions"],
            ["GenerateEmbeddingAsync", "GenerateEmbeddingsAsync"],
            null,
            null,
            null)
        {
            Batches = [("GenerateEmbeddingAsync", "GenerateEmbeddingsAsync")],
        },
    ];

    public override ModelSite[] ModelSites { get; } =
    [
        new("Microsoft.SemanticKernel.OpenAIKernelBuilderExtensions", "AddOpenAIChatCompletion", "modelId"),
        new("Microsoft.SemanticKernel.OpenAIServiceCollectionExtensions", "AddOpenAIChatCompletion", "modelId"),
        new("Microsoft.SemanticKernel.OpenAIChatClientKernelBuilderExtensions", "AddOpenAIChatClient", "modelId"),
        new("Microsoft.Extensions.DependencyInjection.OpenAIServiceCollectionExtensions", "AddOpenAIChatClient", "modelId"),
        new("Microsoft.SemanticKernel.Connectors.OpenAI.OpenAIChatCompletionService", ".ctor", "modelId"),
    ];
}
