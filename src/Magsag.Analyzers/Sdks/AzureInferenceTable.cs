namespace Magsag.Analyzers.Sdks;

/// <summary>Azure.AI.Inference: the options object is the request.</summary>
internal sealed class AzureInferenceTable : SdkTable
{
    private const string Raw = "Azure.Core.RequestContent";

    public override string Marker => "Azure.AI.Inference.ChatCompletionsClient";

    public override LlmApi[] Apis { get; } =
    [
        new(
            ApiKind.Text,
            ["Azure.AI.Inference.ChatCompletionsClient"],
            ["Complete", "CompleteAsync", "CompleteStreaming", "CompleteStreamingAsync"],
            "Azure.AI.Inference.ChatCompletionsOptions",
            "MaxTokens",
            "Model")
        {
            EscapeHatches = ["AdditionalProperties"],
            ProtocolParameter = Raw,
        },
        new(
            ApiKind.Embeddings,
            ["Azure.AI.Inference.EmbeddingsClient"],
            ["Embed", "EmbedAsync"],
            "Azure.AI.Inference.EmbeddingsOptions",
            null,
            "Model")
        {
            ProtocolParameter = Raw,
            Batches = [new("Embed", "Embed"), new("EmbedAsync", "EmbedAsync")],
        },
    ];

    public override string[] MessageTypes => ["Azure.AI.Inference.ChatRequestMessage"];

    public override string[] ToolCallNames => ["ToolCalls"];

    public override string[] InstructionNames => ["ChatRequestSystemMessage"];
}
