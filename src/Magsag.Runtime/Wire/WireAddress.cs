using Magsag.Pricing.Ids;

namespace Magsag.Runtime.Wire;

/// <summary>What an address says about a call beside its API: the provider by its host, and the model where it stands in the path.</summary>
internal static class WireAddress
{
    // Gemini and Vertex name the model, Azure the deployment.
    private static readonly string[] ModelFolders = ["models/", "deployments/"];

    private const string Bedrock = "aws.bedrock";

    private static readonly (string Host, string Provider)[] Hosts =
    [
        ("api.openai.com", "openai"),
        ("api.anthropic.com", "anthropic"),
        ("openai.azure.com", "azure.ai.openai"),
        ("cognitiveservices.azure.com", "azure.ai.openai"),
        ("services.ai.azure.com", "azure.ai.inference"),
        ("models.ai.azure.com", "azure.ai.inference"),
        ("inference.ai.azure.com", "azure.ai.inference"),
        ("generativelanguage.googleapis.com", "gcp.gemini"),
        ("aiplatform.googleapis.com", "gcp.vertex_ai"),
        ("api.mistral.ai", "mistral_ai"),
        ("api.deepseek.com", "deepseek"),
        ("api.groq.com", "groq"),
        ("api.x.ai", "x_ai"),
        ("api.perplexity.ai", "perplexity"),
        ("api.cohere.com", "cohere"),
        ("api.together.xyz", "together_ai"),
        ("api.cerebras.ai", "cerebras"),
        ("api.moonshot.ai", "moonshot_ai"),
        ("openrouter.ai", "openrouter"),
        ("api.cohere.ai", "cohere"),
        ("api.together.ai", "together_ai"),
        ("api.voyageai.com", "voyage_ai"),
        ("api.jina.ai", "jina_ai"),
        ("api.fireworks.ai", "fireworks_ai"),
        ("api.deepinfra.com", "deepinfra"),
        ("api.novita.ai", "novita"),
        ("api.z.ai", "zai"),
        ("api.minimax.io", "minimax"),
        ("dashscope-intl.aliyuncs.com", "dashscope"),
        ("ollama.com", "ollama_cloud"),
    ];

    /// <summary>The provider in OpenTelemetry's spelling; null when the address doesn't say.</summary>
    public static string? ProviderOf(Uri address)
    {
        string host = address.IdnHost;
        if (BedrockRegionOf(host) is not null)
        {
            return Bedrock;
        }

        foreach ((string known, string provider) in Hosts)
        {
            if (host.EndsWith(known, StringComparison.OrdinalIgnoreCase) && IsWholeLabel(host, known))
            {
                return provider == "azure.ai.inference" && address.AbsolutePath.Contains("/openai/", StringComparison.OrdinalIgnoreCase) ? "azure.ai.openai" : provider;
            }
        }

        // A gateway in front of Azure keeps Azure's paths and versions.
        return address.AbsolutePath.Contains("/openai/deployments/", StringComparison.OrdinalIgnoreCase) ? "azure.ai.openai"
            : address.Query.Contains("api-version=", StringComparison.OrdinalIgnoreCase) && WireApi.At(address) is { Owner: "openai" } ? "azure.ai.inference"
            : null;
    }

    /// <summary>The model, or the deployment's name, that the path holds; null when it holds none.</summary>
    public static string? ModelOf(Uri address)
    {
        string path = address.AbsolutePath;
        if (BedrockModelOf(address) is { } served)
        {
            return served;
        }

        if (ProviderOf(address) == "azure.ai.inference")
        {
            // Its folder "models" holds the operations.
            return null;
        }

        foreach (string folder in ModelFolders)
        {
            int start = path.LastIndexOf(folder, StringComparison.OrdinalIgnoreCase);
            if (start >= 0)
            {
                start += folder.Length;
                int end = path.AsSpan(start).IndexOfAny('/', ':');
                return Uri.UnescapeDataString(end < 0 ? path[start..] : path[start..(start + end)]);
            }
        }

        return null;
    }

    /// <summary>The region of AWS that an address lies in; null outside of Bedrock.</summary>
    public static string? RegionOf(Uri address) => BedrockRegionOf(address.IdnHost);

    // In the government's regions the same ids have other prices.
    private static string? BedrockModelOf(Uri address)
    {
        const string Folder = "/model/";
        string path = address.AbsolutePath;
        int start = path.IndexOf(Folder, StringComparison.OrdinalIgnoreCase);
        int end = path.LastIndexOf('/');
        if (start < 0 || end <= start + Folder.Length || WireApi.At(address) is not { Owner: Bedrock })
        {
            return null;
        }

        string model = Uri.UnescapeDataString(path[(start + Folder.Length)..end]);
        return RegionOf(address) is { } region && !ServingPath.IsStandardRegion(region) && !model.StartsWith("arn:", StringComparison.Ordinal) ? $"{region}/{model}" : model;
    }

    // bedrock-runtime.eu-central-1.amazonaws.com, and its like with FIPS, of China and of both protocols; bedrock-mantle.eu-central-1.api.aws.
    private static string? BedrockRegionOf(string host)
    {
        int start = Math.Max(host.IndexOf("bedrock-runtime", StringComparison.OrdinalIgnoreCase), host.IndexOf("bedrock-mantle", StringComparison.OrdinalIgnoreCase));
        if (start < 0 || !(host.EndsWith(".amazonaws.com", StringComparison.OrdinalIgnoreCase) || host.EndsWith(".amazonaws.com.cn", StringComparison.OrdinalIgnoreCase) || host.EndsWith(".api.aws", StringComparison.OrdinalIgnoreCase)))
        {
            return null;
        }

        string[] labels = host[start..].Split('.');
        return labels.Length > 2 ? labels[1].ToLowerInvariant() : null;
    }

    private static bool IsWholeLabel(string host, string known) => host.Length == known.Length || host[host.Length - known.Length - 1] is '.' or '-';
}
