namespace Magsag.Analyzers;

/// <summary>Anthropic.SDK, the community's client, by the names in its public source: a request without a cap is refused, so the value is judged.</summary>
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
}
