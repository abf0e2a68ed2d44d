namespace Magsag.Analyzers.Sdks;

/// <summary>OllamaSharp: models on the machine itself cost nothing, also behind the interfaces of other SDKs.</summary>
internal sealed class OllamaSharpTable : SdkTable
{
    public override string Marker => "OllamaSharp.OllamaApiClient";

    public override string[] FreeRegistrations => ["AddOllama"];

    public override string[] FreeClients => ["OllamaSharp.OllamaApiClient", "OllamaSharp.IOllamaApiClient", "Microsoft.Extensions.AI.OllamaChatClient", "Microsoft.Extensions.AI.OllamaEmbeddingGenerator"];
}
