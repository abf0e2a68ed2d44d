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
        // A function is a call to a model only when it was made from a prompt; what it was made with goes for every call.
        new(
            ApiKind.Text,
            ["Microsoft.SemanticKernel.Kernel"],
            ["InvokeAsync", "InvokeStreamingAsync"],
            Settings,
            "MaxTokens",
            null)
        {
            OptionsSubtypes = [OpenAISettings, AzureSettings],
            OptionsCarriers = ["Microsoft.SemanticKernel.KernelArguments"],
            EscapeHatches = Hatches,
            CalledParameter = "function",
            RequiresHolder = true,
            ReceiverHasOptions = true,
        },
        new(
            ApiKind.Text,
            ["Microsoft.SemanticKernel.KernelFunction"],
            ["InvokeAsync", "InvokeStreamingAsync"],
            Settings,
            "MaxTokens",
            null)
        {
            OptionsSubtypes = [OpenAISettings, AzureSettings],
            OptionsCarriers = ["Microsoft.SemanticKernel.KernelArguments"],
            EscapeHatches = Hatches,
            RequiresHolder = true,
            ReceiverHasOptions = true,
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

    public override string[] OptionsHolders => ["Microsoft.SemanticKernel.KernelFunction"];

    // The overloads that take a configuration carry settings that aren't seen.
    public override string[] OptionsHolderFactories => ["CreateFunctionFromPrompt", "CreateFromPrompt"];

    // Their servers are the makers' own; those that take an endpoint may be anybody's.
    public override string[] PaidRegistrations => ["AddOpenAIChatCompletion", "AddAzureOpenAIChatCompletion", "AddOpenAIChatClient", "AddAzureOpenAIChatClient"];

    public override ModelSite[] ModelSites { get; } =
    [
        new("Microsoft.SemanticKernel.OpenAIKernelBuilderExtensions", "AddOpenAIChatCompletion", "modelId"),
        new("Microsoft.SemanticKernel.OpenAIServiceCollectionExtensions", "AddOpenAIChatCompletion", "modelId"),
        new("Microsoft.SemanticKernel.OpenAIChatClientKernelBuilderExtensions", "AddOpenAIChatClient", "modelId"),
        new("Microsoft.Extensions.DependencyInjection.OpenAIServiceCollectionExtensions", "AddOpenAIChatClient", "modelId"),
        new("Microsoft.SemanticKernel.Connectors.OpenAI.OpenAIChatCompletionService", ModelSite.Constructor, "modelId"),
    ];
}
