namespace Magsag.Cli.Tests.Prices;

/// <summary>The providers of the vector files that the catalogue has, by the name that the files have for them.</summary>
internal static class VectorProviders
{
    public static readonly IReadOnlyDictionary<string, string> Names = new Dictionary<string, string>
    {
        ["anthropic"] = "anthropic",
        ["aws"] = "aws.bedrock",
        ["azure"] = "azure.ai.openai",
        ["cerebras"] = "cerebras",
        ["cohere"] = "cohere",
        ["deepseek"] = "deepseek",
        ["google"] = "gcp.gemini",
        ["groq"] = "groq",
        ["mistral"] = "mistral_ai",
        ["moonshotai"] = "moonshot_ai",
        ["openai"] = "openai",
        ["perplexity"] = "perplexity",
        ["together"] = "together_ai",
        ["voyageai"] = "voyage_ai",
        ["x-ai"] = "x_ai",
    };
}
