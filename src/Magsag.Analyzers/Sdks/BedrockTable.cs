namespace Magsag.Analyzers.Sdks;

/// <summary>AWSSDK.BedrockRuntime, by the names in its public source: without a cap a model may answer up to its own maximum.</summary>
internal sealed class BedrockTable : SdkTable
{
    public override string Marker => "Amazon.BedrockRuntime.IAmazonBedrockRuntime";

    public override LlmApi[] Apis { get; } =
    [
        new(
            ApiKind.Text,
            ["Amazon.BedrockRuntime.IAmazonBedrockRuntime", "Amazon.BedrockRuntime.AmazonBedrockRuntimeClient"],
            ["Converse", "ConverseAsync"],
            "Amazon.BedrockRuntime.Model.ConverseRequest",
            "MaxTokens",
            "ModelId")
        {
            CapContainer = "InferenceConfig",
            CapContainerType = "Amazon.BedrockRuntime.Model.InferenceConfiguration",
            EscapeHatches = ["AdditionalModelRequestFields"],
        },
        new(
            ApiKind.Text,
            ["Amazon.BedrockRuntime.IAmazonBedrockRuntime", "Amazon.BedrockRuntime.AmazonBedrockRuntimeClient"],
            ["ConverseStream", "ConverseStreamAsync"],
            "Amazon.BedrockRuntime.Model.ConverseStreamRequest",
            "MaxTokens",
            "ModelId")
        {
            CapContainer = "InferenceConfig",
            CapContainerType = "Amazon.BedrockRuntime.Model.InferenceConfiguration",
            EscapeHatches = ["AdditionalModelRequestFields"],
        },
    ];

    // The body of these requests isn't read.
    public override string[] ModelMembers => ["Amazon.BedrockRuntime.Model.InvokeModelRequest.ModelId", "Amazon.BedrockRuntime.Model.InvokeModelWithResponseStreamRequest.ModelId"];

    public override string[] InstructionNames => ["System"];

    public override ModelParameter[] ModelParameters { get; } = [new("Amazon.BedrockRuntime.AmazonBedrockRuntimeExtensions", "AsIChatClient", "defaultModelId")];
}
