using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Magsag.Runtime.Budgets.Demands;

/// <summary>What a request's body says about the most that it can be billed for, beside its text.</summary>
internal sealed class RequestFacts
{
    private static readonly string[] KeptByProvider = ["previous_response_id", "conversation", "thread_id", "assistant_id", "cached_content", "cachedContent", "container", "context"];
    private static readonly string[] Media = ["modalities", "audio", "responseModalities", "response_modalities"];
    private static readonly string[] OwnTools = ["function", "custom"];
    private static readonly string[] OwnToolLists = ["functionDeclarations", "function_declarations"];
    private static readonly string[] Searches = ["web_search_options", "search_parameters"];
    private static readonly string[] Tiers = ["service_tier", "serviceTier", "speed"];
    private static readonly string[] Configurations = ["generationConfig", "generation_config", "options"];

    private RequestFacts()
    {
    }

    /// <summary>How many answers are asked for.</summary>
    public int Choices { get; private init; } = 1;

    /// <summary>Whether the provider adds input that it keeps: a conversation, a stored prompt.</summary>
    public bool UsesKeptInput { get; private init; }

    /// <summary>Whether the answer can hold other things than text.</summary>
    public bool HasMedia { get; private init; }

    /// <summary>Whether the request may choose the service tier that it is billed at.</summary>
    public bool MayChooseTier { get; private init; }

    /// <summary>The tools that run at the provider whose fees the catalogue may know.</summary>
    public IReadOnlyList<AITool> HostedTools { get; private init; } = [];

    /// <summary>How many other tools run at the provider.</summary>
    public int OtherHostedTools { get; private init; }

    public static RequestFacts Read(JsonElement root)
    {
        JsonElement[] places = Places(root);
        List<AITool> hosted = [.. Searches.Where(name => WireAnswer.Child(root, name) is not null).Select(static _ => new HostedWebSearchTool())];
        int others = WireAnswer.Items(root, "plugins").Count() + WireAnswer.Items(root, "mcp_servers").Count();
        foreach (JsonElement tool in WireAnswer.Items(root, "tools"))
        {
            others += AddTo(hosted, tool);
        }

        return new RequestFacts
        {
            Choices = ChoicesOf(root, places),
            UsesKeptInput = KeptByProvider.Any(name => WireAnswer.Child(root, name) is not null) || WireAnswer.Child(root, "prompt") is { ValueKind: JsonValueKind.Object },
            HasMedia = Array.Exists(places, static place => Media.Any(name => WireAnswer.Child(place, name) is not null)),
            MayChooseTier = Tiers.Any(name => WireAnswer.Child(root, name) is not null),
            HostedTools = hosted,
            OtherHostedTools = others,
        };
    }

    /// <summary>The most output tokens of one answer; null when the body has no cap that can be one.</summary>
    public static long? CapOf(JsonElement root, WireFormat format)
    {
        string[] names = format switch
        {
            WireFormat.Chat => ["max_tokens", "max_completion_tokens"],
            WireFormat.Completions or WireFormat.Anthropic => ["max_tokens"],
            WireFormat.Responses => ["max_output_tokens"],
            WireFormat.Gemini => ["maxOutputTokens", "max_output_tokens"],
            WireFormat.Ollama => ["num_predict"],
            _ => [],
        };
        IEnumerable<JsonElement> places = format is WireFormat.Gemini or WireFormat.Ollama ? Places(root).Skip(1) : [root];
        long[] caps = [.. places.SelectMany(place => names.Select(name => WireAnswer.Child(place, name))).OfType<JsonElement>().Select(static cap => NumberOf(cap) ?? 0)];
        return caps.Length > 0 && caps.All(static cap => cap > 0) ? caps.Max() : null;
    }

    /// <summary>Whether something that matters is said twice, so that it is unknown which the provider takes; some read names without regard to case.</summary>
    public static bool HasDoubles(JsonElement root) => Array.Exists(Places(root), static place =>
    {
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        return place.ValueKind == JsonValueKind.Object && !place.EnumerateObject().All(member => names.Add(member.Name));
    });

    private static JsonElement[] Places(JsonElement root) => [root, .. Configurations.Select(name => WireAnswer.Child(root, name)).OfType<JsonElement>()];

    // Each of several prompts gets as many answers as one alone; the best of some is chosen after all were made.
    private static int ChoicesOf(JsonElement root, JsonElement[] places)
    {
        long asked = places.Max(static place => new[] { "n", "best_of", "candidateCount", "candidate_count" }.Max(name => WireAnswer.Child(place, name) is { } count ? NumberOf(count) ?? 1 : 1));
        JsonElement[] prompts = [.. WireAnswer.Items(root, "prompt")];
        long texts = prompts.Length > 0 && prompts[0].ValueKind != JsonValueKind.Number ? prompts.Length : 1;
        return (int)Math.Clamp(asked * texts, 1, int.MaxValue);
    }

    // Some take texts for numbers.
    private static long? NumberOf(JsonElement value)
    {
        string? text = value.ValueKind switch
        {
            JsonValueKind.Number => value.GetRawText(),
            JsonValueKind.String => value.GetString(),
            _ => null,
        };
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) ? (long)Math.Clamp(Math.Ceiling(number), int.MinValue, int.MaxValue) : null;
    }

    // Gemini names each tool by a member; the others by a type, which Anthropic leaves out for those of the app's own.
    private static int AddTo(List<AITool> hosted, JsonElement tool)
    {
        string? type = WireAnswer.Text(tool, "type");
        if (type is null && tool.ValueKind == JsonValueKind.Object && WireAnswer.Child(tool, "name") is null && WireAnswer.Child(tool, "function") is null)
        {
            return tool.EnumerateObject().Where(static member => !OwnToolLists.Contains(member.Name)).Sum(member => Add(hosted, member.Name));
        }

        return type is null || OwnTools.Contains(type) ? 0 : Add(hosted, type);
    }

    private static int Add(List<AITool> hosted, string kind)
    {
        AITool? known = kind switch
        {
            "mcp" => new HostedMcpServerTool("mcp", new Uri("https://localhost")),
            "googleSearch" or "google_search" => new HostedWebSearchTool(),
            _ when kind.StartsWith("web_search", StringComparison.Ordinal) => new HostedWebSearchTool(),
            _ => null,
        };
        if (known is null)
        {
            return 1;
        }

        hosted.Add(known);
        return 0;
    }
}
