namespace Magsag.Analyzers.Sdks;

/// <summary>Model Context Protocol: a server that samples spends its client's money and must say how many tokens at most.</summary>
internal sealed class McpSamplingTable : SdkTable
{
    public override string Marker => "ModelContextProtocol.Server.McpServer";

    // The overload with ChatOptions has a default cap of its own.
    public override LlmApi[] Apis { get; } =
    [
        new(
            ApiKind.Text,
            ["ModelContextProtocol.Server.McpServer"],
            ["SampleAsync"],
            "ModelContextProtocol.Protocol.CreateMessageRequestParams",
            "MaxTokens",
            null)
        {
            CapIsRequired = true,
            RequiresOptions = true,
        },
    ];
}
