namespace Magsag.Analyzers.Sdks;

/// <summary>Anthropic.SDK, the community's client, by the names in its public source. A request without a cap is refused, so its value is judged.</summary>
internal sealed class AnthropicSdkTable : SdkTable
{
    public override string Marker => "Anthropic.SDK.AnthropicClient";

    public override LlmApi[] Apis { get; } =
    [
        new(
            ApiKind.Text,
            ["Anthropic.SDK.Messaging.MessagesEndpoint"],
            ["GetClaudeMessageAsync", "StreamClaudeMessageAsync"],
            "Anthropic.SDK.Messaging.MessageParameters",
            "MaxTokens",
            "Model")
        {
            CapIsRequired = true,
        },
    ];

    public override string[] InstructionNames => ["System"];
}
