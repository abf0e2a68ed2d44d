namespace Magsag.Analyzers.Sdks;

/// <summary>Microsoft Agent Framework: the cap is an agent's, or travels inside a run's options.</summary>
internal sealed class AgentFrameworkTable : SdkTable
{
    // An agent around one of these is new; one that a service keeps, or that is made of a workflow, has its options there.
    private static readonly string[] Clients =
    [
        "Microsoft.Extensions.AI.IChatClient", "Microsoft.Extensions.AI.ChatClientBuilder", "OpenAI.Chat.ChatClient", "OpenAI.Responses.ResponsesClient", "OpenAI.Responses.OpenAIResponseClient",
        "Anthropic.IAnthropicClient", "Anthropic.AnthropicClient", "Anthropic.Services.IBetaService",
    ];

    public override string Marker => "Microsoft.Agents.AI.AIAgent";

    public override LlmApi[] Apis { get; } =
    [
        new(
            ApiKind.Text,
            ["Microsoft.Agents.AI.AIAgent", "Microsoft.Agents.AI.ChatClientAgent"],
            ["RunAsync", "RunStreamingAsync"],
            "Microsoft.Extensions.AI.ChatOptions",
            "MaxOutputTokens",
            "ModelId")
        {
            OptionsCarriers = ["Microsoft.Agents.AI.AgentRunOptions", "Microsoft.Agents.AI.ChatClientAgentRunOptions", "Microsoft.Agents.AI.ChatClientAgentOptions"],
            CarrierMembers = ["ChatOptions"],
            NewCarrier = "new global::Microsoft.Agents.AI.ChatClientAgentRunOptions({0})",
            EscapeHatches = ["RawRepresentationFactory", "AdditionalProperties", "ChatClientFactory"],
            ReceiverHasOptions = true,
            HasPipelines = true,
        },
    ];

    public override string[] OptionsHolders => ["Microsoft.Agents.AI.ChatClientAgent", "Microsoft.Agents.AI.AIAgent"];

    public override HolderFactory[] HolderFactories { get; } =
    [
        new("AsAIAgent", Clients),
        new("CreateAIAgent", Clients),
        new("BuildAIAgent", "Microsoft.Extensions.AI.ChatClientBuilder"),
        new("AsAIAgent", AzureProjectsTable.Client) { RequiredParameter = "model" },
    ];

    public override string[] SessionTypes => ["Microsoft.Agents.AI.AgentSession", "Microsoft.Agents.AI.AgentThread"];

    public override string[] InstructionNames => ["Instructions", "instructions"];
}
