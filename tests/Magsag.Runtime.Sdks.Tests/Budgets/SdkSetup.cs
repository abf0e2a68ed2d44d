namespace Magsag.Runtime.Sdks.Tests;

/// <summary>How a client is set up.</summary>
/// <param name="Address">The provider.</param>
internal sealed record SdkSetup(Uri Address)
{
    /// <summary>How long it waits for an answer.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Where it records, if it does.</summary>
    public Action<CostTrackingOptions> Record { get; init; } = static _ => { };
}
