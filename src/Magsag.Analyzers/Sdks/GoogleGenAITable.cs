namespace Magsag.Analyzers.Sdks;

/// <summary>Google.GenAI, by the names in its public source.</summary>
internal sealed class GoogleGenAITable : SdkTable
{
    private const string Models = "Google.GenAI.Models";

    public override string Marker => "Google.GenAI.Client";

    public override LlmApi[] Apis { get; } =
    [
        new(
            ApiKind.Text,
            [Models],
            ["GenerateContentAsync", "GenerateContentStreamAsync"],
            "Google.GenAI.Types.GenerateContentConfig",
            "MaxOutputTokens",
            null),
        new(
            ApiKind.Embeddings,
            [Models],
            ["EmbedContentAsync"],
            "Google.GenAI.Types.EmbedContentConfig",
            null,
            null)
        {
            ValueParameter = "contents",
            Batches = [new("EmbedContentAsync", "EmbedContentAsync")],
        },
    ];

    public override ModelParameter[] ModelParameters { get; } =
    [
        .. ModelParameter.ForEach(Models, "model", "GenerateContentAsync", "GenerateContentStreamAsync", "EmbedContentAsync"),
        new("Microsoft.Extensions.AI.GoogleGenAIExtensions", "AsIChatClient", "defaultModelId"),
    ];

    public override string[] InstructionNames => ["SystemInstruction"];
}
