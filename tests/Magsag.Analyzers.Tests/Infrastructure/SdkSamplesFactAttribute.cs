namespace Magsag.Analyzers.Tests;

/// <summary>A test over samples of every SDK, which stay outside the repository; skipped unless <c>MAGSAG_SDK_SAMPLES</c> names their folder, as <c>.ci/run</c> does.</summary>
internal sealed class SdkSamplesFactAttribute : FactAttribute
{
    private const string Variable = "MAGSAG_SDK_SAMPLES";

    public SdkSamplesFactAttribute()
    {
        if (string.IsNullOrEmpty(Directory))
        {
            Skip = $"{Variable} isn't set.";
        }
    }

    public static string? Directory => Environment.GetEnvironmentVariable(Variable);
}
