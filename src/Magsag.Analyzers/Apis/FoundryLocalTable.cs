namespace Magsag.Analyzers;

/// <summary>Foundry Local: models on the machine itself, reached through the OpenAI client.</summary>
internal sealed class FoundryLocalTable : SdkTable
{
    public override string Marker => "Microsoft.AI.Foundry.Local.FoundryLocalManager";

    public override string[] FreeClients => [Marker];
}
