namespace Magsag.Analyzers.Sdks;

/// <summary>Azure.AI.Projects (Foundry), by the names in its public source: agents are made around a deployment of the project, whose name is no model.</summary>
internal sealed class AzureProjectsTable : SdkTable
{
    public const string Client = "Azure.AI.Projects.AIProjectClient";

    public override string Marker => Client;

    public override string[] DeploymentReceivers => [Client];
}
