namespace Magsag.Analyzers.Sdks;

/// <summary>Semantic Kernel: settings are an argument of a service's call, or travel inside the arguments of a prompt.</summary>
internal sealed class SemanticKernelTable : SdkTable
{
    private const string Settings = "Microsoft.SemanticKernel.PromptExecutionSettings";
    private const string OpenAISettings = "Microsoft.SemanticKernel.Connectors.OpenAI.OpenAIPromptExecutionSettings";
    private const string AzureSettings = "Microsoft.SemanticKernel.Connectors.AzureOpenAI.AzureOpenAIPromptExecutionSettings";

    private const string Arguments = "Microsoft.SemanticKernel.KernelArguments";
    private const string Agent = "Microsoft.SemanticKernel.Agents.ChatCompletionAgent";
    private const string InvokeOptions = "Microsoft.SemanticKernel.Agents.AgentInvokeOptions";
    private const string Configuration = "Microsoft.SemanticKernel.PromptTemplateConfig";

    private const string Extension = "ExtensionData";
    private const string NewExtensionData = "new global::System.Collections.Generic.Dictionary<string, object> { [\"max_tokens\"] = {0} }";
    private const string NewArguments = $"new global::{Arguments}({{0}})";

    private static readonly string[] Hatches = [Extension, "ExtraBody"];

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
            ExtensionMember = Extension,
            NewExtension = NewExtensionData,
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
            OptionsCarriers = [Arguments],
            CarrierMembers = ["ExecutionSettings"],
            NewCarrier = NewArguments,
            NewOptionsType = OpenAISettings,
            EscapeHatches = Hatches,
            ExtensionMember = Extension,
            NewExtension = NewExtensionData,
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
            OptionsCarriers = [Arguments],
            CarrierMembers = ["ExecutionSettings"],
            NewCarrier = NewArguments,
            NewOptionsType = OpenAISettings,
            EscapeHatches = Hatches,
            ExtensionMember = Extension,
            NewExtension = NewExtensionData,
            OpaqueConfiguration = Configuration,
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
            OptionsCarriers = [Arguments],
            CarrierMembers = ["ExecutionSettings"],
            NewCarrier = NewArguments,
            NewOptionsType = OpenAISettings,
            EscapeHatches = Hatches,
            ExtensionMember = Extension,
            NewExtension = NewExtensionData,
            OpaqueConfiguration = Configuration,
            KernelParameter = "kernel",
            RequiresHolder = true,
            ReceiverHasOptions = true,
        },
        // An agent's settings are in its own arguments or in those of the run. Only what is seen to be made as such an agent runs on a kernel's own services.
        new(
            ApiKind.Text,
            [Agent, "Microsoft.SemanticKernel.Agents.Agent"],
            ["InvokeAsync", "InvokeStreamingAsync"],
            Settings,
            "MaxTokens",
            null)
        {
            OptionsSubtypes = [OpenAISettings, AzureSettings],
            OptionsCarriers = [Arguments, InvokeOptions],
            CarrierMembers = ["ExecutionSettings", "Arguments", "KernelArguments"],
            NewCarrier = $"new global::{InvokeOptions} {{ KernelArguments = {NewArguments} }}",
            NewOptionsType = OpenAISettings,
            EscapeHatches = Hatches,
            ExtensionMember = Extension,
            NewExtension = NewExtensionData,
            OpaqueConfiguration = Configuration,
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
            Batches = [new("GenerateEmbeddingAsync", "GenerateEmbeddingsAsync", "{0}") { TakesList = true }, new("GenerateEmbeddingsAsync", "GenerateEmbeddingsAsync")],
        },
    ];

    public override string[] ClientInterfaces => ["IChatCompletionService", "ITextGenerationService"];

    public override string[] OptionsHolders => ["Microsoft.SemanticKernel.KernelFunction", "Microsoft.SemanticKernel.KernelPlugin", Agent];

    // The overloads that take a configuration carry settings that aren't seen, and so do prompts in files.
    public override HolderFactory[] HolderFactories { get; } =
    [
        new("CreateFunctionFromPrompt"),
        new("CreateFromPrompt"),
        .. new[]
        {
            "ImportPluginFromPromptDirectory", "CreatePluginFromPromptDirectory", "ImportPluginFromPromptDirectoryYaml", "CreatePluginFromPromptDirectoryYaml",
            "CreateFunctionFromPromptYaml", "FromPromptYaml", "CreateFunctionFromPrompty", "CreateFunctionFromPromptyFile", "FromPrompty", "FromPromptyFile",
        }.Select(static method => new HolderFactory(method) { IsOpaque = true }),
    ];

    public override ServiceContainer ServiceContainer { get; } = new("Microsoft.SemanticKernel.Kernel", "CreateBuilder", "Build")
    {
        Resolvers = ["GetRequiredService", "GetService"],
        OtherRegistrations = ["AddLogging", "AddHttpClient", "AddMemoryCache"],
        PluginsMember = "Plugins",
    };

    // Azure's endpoint is always given and always paid for.
    public override PaidRegistration[] PaidRegistrations { get; } =
    [
        new("AddOpenAIChatCompletion", "endpoint", "httpClient", "openAIClient"),
        new("AddOpenAIChatClient", "endpoint", "httpClient", "openAIClient"),
        new("AddAzureOpenAIChatCompletion"),
        new("AddAzureOpenAIChatClient"),
    ];

    public override string[] SessionTypes => ["Microsoft.SemanticKernel.Agents.AgentThread"];

    public override string[] HistoryTypes => ["Microsoft.SemanticKernel.ChatCompletion.ChatHistory"];

    public override string[] MessageTypes => ["Microsoft.SemanticKernel.ChatMessageContent"];

    public override string[] ToolCallNames => ["FunctionCallContent"];

    public override string[] MessageAdders => ["AddUserMessage", "AddSystemMessage", "AddAssistantMessage", "AddDeveloperMessage"];

    public override string[] TurnAdders => ["AddUserMessage", "AddAssistantMessage"];

    public override string[] HistoryReducers => ["ReduceAsync", "ReduceInPlaceAsync"];

    public override string[] InstructionNames => ["Instructions", "ChatSystemPrompt", "ChatHistory", "AddSystemMessage", "AddDeveloperMessage"];

    public override string[] SystemRoles => ["AuthorRole.System"];

    public override ModelParameter[] ModelParameters { get; } =
    [
        new("Microsoft.SemanticKernel.OpenAIKernelBuilderExtensions", "AddOpenAIChatCompletion", "modelId"),
        new("Microsoft.SemanticKernel.OpenAIServiceCollectionExtensions", "AddOpenAIChatCompletion", "modelId"),
        new("Microsoft.SemanticKernel.OpenAIChatClientKernelBuilderExtensions", "AddOpenAIChatClient", "modelId"),
        new("Microsoft.Extensions.DependencyInjection.OpenAIServiceCollectionExtensions", "AddOpenAIChatClient", "modelId"),
        new("Microsoft.SemanticKernel.Connectors.OpenAI.OpenAIChatCompletionService", ModelParameter.Constructor, "modelId"),
    ];
}
