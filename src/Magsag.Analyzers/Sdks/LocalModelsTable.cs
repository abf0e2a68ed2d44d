namespace Magsag.Analyzers.Sdks;

/// <summary>Models on the machine itself that are reached through other SDKs: ONNX Runtime and Foundry Local.</summary>
internal sealed class LocalModelsTable : SdkTable
{
    public override string Marker => "Microsoft.ML.OnnxRuntimeGenAI.OnnxRuntimeGenAIChatClient";

    public override string[] FreeRegistrations => ["AddOnnxRuntimeGenAI"];

    public override string[] FreeClients => [Marker];

    public override string[] LocalServers => ["Microsoft.AI.Foundry.Local.FoundryLocalManager"];
}
