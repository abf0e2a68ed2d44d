using System.Globalization;
using Magsag.Pricing.Tokens;

namespace Magsag.Runtime.Wire;

/// <summary>Reads the counts that Bedrock adds to the headers of InvokeModel's answers, for models whose bodies have none.</summary>
/// <remarks>https://docs.aws.amazon.com/bedrock/latest/userguide/inference-invoke.html</remarks>
internal static class BedrockHeaders
{
    private const string Prefix = "X-Amzn-Bedrock-";

    public static Usage? Read(Func<string, string?> headerOf) =>
        Count(headerOf, "Input-Token-Count") is { } input ? UsageConventions.FromAnthropic(input, Count(headerOf, "Output-Token-Count") ?? 0, Count(headerOf, "Cache-Read-Input-Token-Count") ?? 0, Count(headerOf, "Cache-Write-Input-Token-Count") ?? 0) : null;

    private static long? Count(Func<string, string?> headerOf, string name) =>
        long.TryParse(headerOf(Prefix + name), NumberStyles.None, CultureInfo.InvariantCulture, out long count) ? count : null;
}
