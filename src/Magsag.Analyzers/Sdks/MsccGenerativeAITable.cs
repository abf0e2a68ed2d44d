namespace Magsag.Analyzers.Sdks;

/// <summary>Mscc.GenerativeAI, by the names in its public source: the cap is the call's or the model object's.</summary>
internal sealed class MsccGenerativeAITable : SdkTable
{
    private const string Model = "Mscc.GenerativeAI.GenerativeModel";

    public override string Marker => Model;

    public override LlmApi[] Apis { get; } =
    [
        new(
            ApiKind.Text,
            [Model],
            ["GenerateContent", "GenerateContentStream"],
            "Mscc.GenerativeAI.Types.GenerationConfig",
            "MaxOutputTokens",
            null)
        {
            ProtocolParameter = "Mscc.GenerativeAI.Types.GenerateContentRequest",
            ReceiverHasOptions = true,
        },
        new(
            ApiKind.Embeddings,
            [Model],
            ["EmbedContent"],
            null,
            null,
            null)
        {
            Batches = [new("EmbedContent", "BatchEmbedContent")],
        },
    ];

    // The SDK's own default is a premium model.
    public override ModelParameter[] ModelParameters { get; } =
    [
        new("Mscc.GenerativeAI.GoogleAI", "GenerativeModel", "model", DefaultIsPremium: true),
        new("Mscc.GenerativeAI.VertexAI", "GenerativeModel", "model", DefaultIsPremium: true),
    ];

    public override string[] OptionsHolders => [Model];

    public override string[] InstructionNames => ["SystemInstruction"];

    public override HolderFactory[] HolderFactories { get; } = [new("GenerativeModel")];
}
