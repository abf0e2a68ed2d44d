namespace Magsag.Analyzers.Sdks;

/// <summary>Azure.AI.OpenAI: the OpenAI client's calls, with deployment names where it has model ids.</summary>
internal sealed class AzureOpenAITable : SdkTable
{
    public override string Marker => "Azure.AI.OpenAI.AzureOpenAIClient";

    public override EndpointOptions[] EndpointOptions { get; } = [new("Azure.AI.OpenAI.AzureOpenAIClientOptions", null, "Transport")];

    public override string[] DeploymentReceivers => ["Azure.AI.OpenAI.AzureOpenAIClient"];
}
