namespace Magsag.Analyzers.Sdks;

/// <summary>The official Anthropic client: every request must name a cap, so its value is judged.</summary>
internal sealed class AnthropicTable : SdkTable
{
    private static readonly string[] Create = ["Create", "CreateStreaming"];
    private static readonly string[] Clients = ["Anthropic.IAnthropicClient", "Anthropic.AnthropicClient", "Anthropic.Services.IBetaService"];

    public override string Marker => "Anthropic.AnthropicClient";

    public override LlmApi[] Apis { get; } =
    [
        new(
            ApiKind.Text,
            ["Anthropic.Services.IMessageService", "Anthropic.Services.IMessageServiceWithRawResponse", "Anthropic.Services.MessageServiceExtensions"],
            Create,
            "Anthropic.Models.Messages.MessageCreateParams",
            "MaxTokens",
            "Model")
        {
            CapIsRequired = true,
        },
        new(
            ApiKind.Text,
            ["Anthropic.Services.Beta.IMessageService", "Anthropic.Services.Beta.IMessageServiceWithRawResponse", "Anthropic.Services.Beta.BetaMessageServiceExtensions"],
            Create,
            "Anthropic.Models.Beta.Messages.MessageCreateParams",
            "MaxTokens",
            "Model")
        {
            CapIsRequired = true,
        },
    ];

    public override ToolLoop[] ToolLoops { get; } =
    [
        new("Anthropic.Helpers.Beta.BetaToolRunnerExtensions", "ToolRunner", "maxIterations", null, null),
    ];

    public override ModelParameter[] ModelParameters { get; } =
    [
        new("Microsoft.Extensions.AI.AnthropicClientExtensions", "AsIChatClient", "defaultModelId"),
        new("Microsoft.Extensions.AI.AnthropicBetaClientExtensions", "AsIChatClient", "defaultModelId"),
        .. Clients.Select(static client => new ModelParameter(client, "AsAIAgent", "model")),
    ];

    public override string[] ModelMembers => ["Anthropic.Models.Beta.Agents.AgentCreateParams.Model", "Anthropic.Models.Beta.Agents.AgentUpdateParams.Model"];

    // Without a cap the adapter sends 1024, and an agent 4096.
    public override string[] CappingFactories =>
    [
        "Microsoft.Extensions.AI.AnthropicClientExtensions.AsIChatClient", "Microsoft.Extensions.AI.AnthropicBetaClientExtensions.AsIChatClient",
        .. Clients.Select(static client => client + ".AsAIAgent"),
    ];

    public override string[] MessageTypes => ["Anthropic.Models.Messages.MessageParam"];

    public override string[] ToolCallNames => ["ToolUseBlock", "TryPickToolUse"];

    public override string[] InstructionNames => ["System", "SystemMessageParam"];

    public override string[] SystemRoles => ["Role.System"];

    public override string[] ModelEnums => ["Anthropic.Models.Messages.Model", "Anthropic.Models.Beta.Agents.BetaManagedAgentsModel"];
}
