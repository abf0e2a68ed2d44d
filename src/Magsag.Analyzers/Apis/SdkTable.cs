namespace Magsag.Analyzers;

/// <summary>What one SDK looks like, as data: adding an SDK means adding a table.</summary>
internal abstract class SdkTable
{
    /// <summary>All SDKs that Magsag knows.</summary>
    public static SdkTable[] All { get; } = [new MicrosoftExtensionsAITable(), new OpenAITable()];

    /// <summary>A type that is there exactly when the SDK is referenced.</summary>
    public abstract string Marker { get; }

    public abstract LlmApi[] Apis { get; }

    public abstract ModelSite[] ModelSites { get; }

    /// <summary>Full names of receivers whose model parameters name deployments, not models.</summary>
    public virtual string[] DeploymentReceivers => [];
}
