using System.Text.Json;

namespace Magsag.Runtime.Wire;

/// <summary>What an answer said, gathered from its body or from the events of its stream.</summary>
internal sealed class WireAnswer(WireFormat format, string? provider)
{
    // Anthropic's first event holds the input's side of the usage, later ones what changed.
    private JsonElement? _started;

    /// <summary>What the answer said last about billing; null while it said nothing that counts for its output, too.</summary>
    public WireUsage? Usage { get; private set; }

    /// <summary>What the answer used.</summary>
    public UsageAccumulator Used { get; } = new(null) { HasBegun = true };

    public string? Model => Used.Model;

    public string? ServiceTier { get; private set; }

    /// <summary>Whether the total that the answer states isn't the sum of its parts.</summary>
    public bool HasWrongTotal { get; private set; }

    /// <summary>Whether the answer said that it is whole.</summary>
    public bool IsComplete { get; private set; }

    /// <summary>Whether the answer said that it failed.</summary>
    public bool IsFailed { get; private set; }

    /// <summary>Whether a part of it couldn't be read.</summary>
    public bool IsMalformed { get; private set; }

    /// <summary>Takes an event of a stream, or a whole body.</summary>
    public void Read(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            return;
        }

        string? type = Text(root, "type");
        JsonElement facts = Child(root, "response") ?? Child(root, "message") ?? root;
        Used.AddModel(Text(facts, "model") ?? Text(root, "model") ?? Text(root, "modelVersion"));
        ServiceTier = Text(facts, "service_tier") ?? ServiceTier;
        IsFailed |= type is "error" or "response.failed" || Child(root, "error") is not null || Text(facts, "status") == "failed";
        IsComplete |= type is "message_stop" or "response.completed" or "response.incomplete" or "response.failed" || IsLast(root);
        if (type == "message_start" && Child(root, "message") is { } message)
        {
            _started = message.Clone();
            Report(ReadUsage(message), isPlaceholder: true);
        }
        else if (type == "message_delta" && _started is { } started)
        {
            Report(ReadUsage(Merge(started, root)), isPlaceholder: false);
        }
        else if (ReadUsage(root) is { } usage)
        {
            Report(usage, isPlaceholder: false);
            HasWrongTotal = AddsUp(format, provider) && Child(Child(facts, "usage") ?? default, "total_tokens") is { ValueKind: JsonValueKind.Number } total
                && total.TryGetInt64(out long stated) && stated != usage.Usage.InputTokens + usage.Usage.OutputTokens;
        }
    }

    private void Report(WireUsage? usage, bool isPlaceholder)
    {
        if (usage is not null)
        {
            Used.Add(usage.Usage, isPlaceholder);
            Usage = isPlaceholder ? Usage : usage;
        }
    }

    // xAI and Perplexity count parts of the output beside the total's parts.
    private static bool AddsUp(WireFormat format, string? provider) =>
        format is WireFormat.Chat or WireFormat.Completions or WireFormat.Responses && provider is not ("x_ai" or "perplexity");

    /// <summary>Takes note of an event that can't be read.</summary>
    public void ReadMalformed() => IsMalformed = true;

    /// <summary>Takes the mark that ends OpenAI's streams.</summary>
    public void ReadDone() => IsComplete = true;

    private WireUsage? ReadUsage(JsonElement root) => format switch
    {
        WireFormat.Anthropic => WireUsageReader.Read(root, UsageShape.Anthropic),
        WireFormat.Ollama => WireUsageReader.Read(root, UsageShape.Ollama),
        WireFormat.Gemini => WireUsageReader.Read(root, UsageShape.Gemini),
        WireFormat.Responses or WireFormat.Media => WireUsageReader.Read(root, UsageShape.OpenAIResponses),
        _ => WireUsageReader.Read(root, provider),
    };

    private bool IsLast(JsonElement root) => format switch
    {
        // The chunk with the usage and no choices comes last; without it, the one with the reason for the end does. Some report usage in every chunk.
        WireFormat.Chat or WireFormat.Completions => (Child(root, "usage") is not null && !Items(root, "choices").Any()) || Any(root, "choices", "finish_reason"),
        WireFormat.Gemini => Any(root, "candidates", "finishReason"),
        WireFormat.Ollama => Child(root, "done") is { ValueKind: JsonValueKind.True },
        WireFormat.Anthropic => Text(Child(root, "delta") ?? default, "stop_reason") is not null,
        _ => false,
    };

    private static bool Any(JsonElement root, string list, string member) => Items(root, list).Any(item => Text(item, member) is not null);

    // Counts in a later event are totals, and replace the earlier ones where they are there.
    private static JsonElement Merge(JsonElement started, JsonElement later)
    {
        var merged = new Dictionary<string, JsonElement>();
        foreach (JsonElement usage in new[] { Child(started, "usage"), Child(later, "usage") }.OfType<JsonElement>())
        {
            foreach (JsonProperty count in usage.EnumerateObject().Where(count => count.Value.ValueKind != JsonValueKind.Null))
            {
                merged[count.Name] = count.Value;
            }
        }

        return JsonSerializer.SerializeToElement(new Dictionary<string, object?> { ["model"] = Text(started, "model"), ["usage"] = merged });
    }

    internal static JsonElement? Child(JsonElement parent, string name) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out JsonElement child) && child.ValueKind != JsonValueKind.Null ? child : null;

    internal static IEnumerable<JsonElement> Items(JsonElement parent, string name) =>
        Child(parent, name) is { ValueKind: JsonValueKind.Array } items ? items.EnumerateArray() : [];

    internal static string? Text(JsonElement parent, string name) => Child(parent, name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;
}
