namespace Magsag.Gating.Assemblies;

/// <summary>An SDK whose calls cost money, as compiled code names it, and the line that has its calls recorded.</summary>
/// <param name="Assembly">The assembly, or the beginning of its name when it ends with a dot.</param>
/// <param name="Line">What to write where the client is made.</param>
internal sealed record KnownSdk(string Assembly, string Line)
{
    private const string Handler = "new HttpClient(new CostTrackingHandler())";

    // The wrappers first: whoever uses one writes its line, whatever lies below.
    private static readonly KnownSdk[] All =
    [
        new("Microsoft.Extensions.AI", ".AsBuilder().UseCostTracking().Build()") { Types = ["IChatClient", "IEmbeddingGenerator`2", "ChatClientBuilder", "EmbeddingGeneratorBuilder`2", "ISpeechToTextClient", "IImageGenerator", "ITextToSpeechClient"] },
        new("Microsoft.Extensions.AI.Abstractions", ".AsBuilder().UseCostTracking().Build()") { Types = ["IChatClient", "IEmbeddingGenerator`2", "ISpeechToTextClient", "IImageGenerator", "ITextToSpeechClient"] },
        new("Microsoft.Agents.AI.", ".AsBuilder().UseCostTracking().Build()"),
        new("Microsoft.Agents.AI", ".AsBuilder().UseCostTracking().Build()"),
        new("Microsoft.SemanticKernel.", $"httpClient: {Handler}"),
        new("OpenAI", "new OpenAIClientOptions().AddCostTracking()"),
        new("Azure.AI.OpenAI", "new AzureOpenAIClientOptions().AddCostTracking()"),
        new("Azure.AI.Inference", $"Transport = new HttpClientTransport({Handler})"),
        new("Anthropic", "Handlers = [new CostTrackingHandler()]"),
        new("Anthropic.SDK", Handler),
        new("OllamaSharp", Handler),
        new("Google.GenAI", Handler),
        new("Mscc.GenerativeAI", Handler),
        new("Mistral.SDK", Handler),
    ];

    /// <summary>Its name for people.</summary>
    public string Name => Assembly.TrimEnd('.').Replace(".Abstractions", "");

    /// <summary>The types that stand for calls; any when empty.</summary>
    private IReadOnlyList<string> Types { get; init; } = [];

    /// <summary>The SDK that a type belongs to; null when it is of none.</summary>
    public static KnownSdk? Of(string assembly, string type) => Array.Find(All, sdk => sdk.Has(assembly) && (sdk.Types.Count == 0 || sdk.Types.Contains(type)));

    private bool Has(string assembly) => Assembly.EndsWith(".", StringComparison.Ordinal)
        ? assembly.StartsWith(Assembly, StringComparison.Ordinal)
        : assembly == Assembly;
}
