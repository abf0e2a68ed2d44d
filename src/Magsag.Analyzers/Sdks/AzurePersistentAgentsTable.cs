namespace Magsag.Analyzers.Sdks;

/// <summary>Azure.AI.Agents.Persistent, by the names in its public source: the cap of a run is a parameter.</summary>
internal sealed class AzurePersistentAgentsTable : SdkTable
{
    public override string Marker => "Azure.AI.Agents.Persistent.ThreadRuns";

    public override LlmApi[] Apis { get; } =
    [
        new(
            ApiKind.Text,
            ["Azure.AI.Agents.Persistent.ThreadRuns"],
            ["CreateRun", "CreateRunAsync", "CreateRunStreaming", "CreateRunStreamingAsync"],
            null,
            null,
            null)
        {
            CapParameter = "maxCompletionTokens",
            ProtocolParameter = "Azure.AI.Agents.Persistent.CreateRunStreamingOptions",
        },
    ];

    public override ModelParameter[] ModelParameters { get; } =
    [
        .. ModelParameter.ForEach("Azure.AI.Agents.Persistent.ThreadRuns", "overrideModelName", "CreateRun", "CreateRunAsync", "CreateRunStreaming", "CreateRunStreamingAsync"),
    ];
}
