namespace Magsag.Analyzers;

/// <summary>What one SDK looks like, as data: adding an SDK means adding a table.</summary>
internal abstract class SdkTable
{
    /// <summary>All SDKs that Magsag knows.</summary>
    public static SdkTable[] All { get; } =
    [
        new MicrosoftExtensionsAITable(),
        new OpenAITable(),
        new AzureOpenAITable(),
        new AzureInferenceTable(),
        new AnthropicTable(),
        new SemanticKernelTable(),
        new AgentFrameworkTable(),
        new OllamaSharpTable(),
        new LocalModelsTable(),
        new McpSamplingTable(),
        new GoogleGenAITable(),
        new MsccGenerativeAITable(),
        new BedrockTable(),
        new AnthropicSdkTable(),
        new AzurePersistentAgentsTable(),
    ];

    /// <summary>A type that is there exactly when the SDK is referenced.</summary>
    public abstract string Marker { get; }

    public virtual LlmApi[] Apis => [];

    public virtual ModelSite[] ModelSites => [];

    /// <summary>Full names of receivers whose model parameters name deployments, not models.</summary>
    public virtual string[] DeploymentReceivers => [];

    /// <summary>Full names of clients whose calls cost nothing.</summary>
    public virtual string[] FreeClients => [];

    /// <summary>How the names of methods begin that register a client which costs nothing.</summary>
    public virtual string[] FreeRegistrations => [];

    /// <summary>Methods that register a paid service, whose server is known.</summary>
    public virtual string[] PaidRegistrations => [];

    /// <summary>Full names of the types and the names of their methods (<c>Type.Method</c>) that make a client which caps by itself.</summary>
    public virtual string[] CappingFactories => [];

    /// <summary>Full names of types that are made around a client and may bring options of their own (agents, model objects).</summary>
    public virtual string[] OptionsHolders => [];

    /// <summary>The methods that make <see cref="OptionsHolders"/>; any other that returns one may have got it from anywhere.</summary>
    public virtual string[] OptionsHolderFactories => [];

    /// <summary>The methods that begin a loop of tool calls.</summary>
    public virtual ToolLoop[] ToolLoops => [];

    /// <summary>Full names of the enumerations whose members stand for model ids.</summary>
    public virtual string[] ModelEnums => [];
}
