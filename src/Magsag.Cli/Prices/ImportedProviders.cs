namespace Magsag.Cli.Prices;

/// <summary>The names by which other price lists call the providers of the catalogue.</summary>
internal static class ImportedProviders
{
    private static readonly Dictionary<string, string> Names = new(StringComparer.Ordinal)
    {
        ["aws"] = "aws.bedrock",
        ["azure"] = "azure.ai.openai",
        ["azure_ai"] = "azure.ai.inference",
        ["azure_text"] = "azure.ai.openai",
        ["bedrock"] = "aws.bedrock",
        ["bedrock_converse"] = "aws.bedrock",
        ["cohere_chat"] = "cohere",
        ["alibaba"] = "dashscope",
        ["fireworks"] = "fireworks_ai",
        ["fireworks_ai-embedding-models"] = "fireworks_ai",
        ["gemini"] = "gcp.gemini",
        ["google"] = "gcp.gemini",
        ["mistral"] = "mistral_ai",
        ["moonshot"] = "moonshot_ai",
        ["moonshotai"] = "moonshot_ai",
        ["text-completion-openai"] = "openai",
        ["together"] = "together_ai",
        ["voyage"] = "voyage_ai",
        ["voyageai"] = "voyage_ai",
        ["x-ai"] = "x_ai",
        ["xai"] = "x_ai",
    };

    public static string Canonical(string name) =>
        Names.TryGetValue(name, out string? canonical) ? canonical : name.StartsWith("vertex_ai", StringComparison.Ordinal) ? "gcp.vertex_ai" : name;
}
