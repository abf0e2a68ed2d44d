namespace Magsag.Runtime;

/// <summary>The provider in OpenTelemetry's spelling. Adapters call Azure's clients "openai" too; the address tells them apart.</summary>
internal static class ProviderName
{
    public static string? Of(string? name, Uri? address)
    {
        if (address is { IsAbsoluteUri: true, Host: { } host }
            && (host.EndsWith(".openai.azure.com", StringComparison.OrdinalIgnoreCase) || host.EndsWith(".cognitiveservices.azure.com", StringComparison.OrdinalIgnoreCase)))
        {
            return "azure.ai.openai";
        }

        return name;
    }
}
