using System.Text.Json;
using Magsag.Ledger.Files;

namespace Magsag.Runtime.Wire;

/// <summary>What an answer said, gathered from its body or from the events of its stream.</summary>
internal sealed class WireAnswer(WireFormat format, string? provider)
{
    private static readonly string[] Ends = ["message_stop", "message-end", "response.completed", "response.incomplete", "response.failed"];
    private static readonly string[] Unfinished = ["queued", "in_progress"];

    // Anthropic's first event holds the input's side of the usage, later ones what changed.
    private JsonElement? _started;
    private HostedToolRuns _tools;
    private string? _status;
    private bool _isBackground;

    /// <summary>What the answer said last about billing; null while it said nothing that counts for its output, too.</summary>
    public WireUsage? Usage { get; private set; }

    /// <summary>What the answer used.</summary>
    public UsageAccumulator Used { get; } = new(null) { HasBegun = true };

    public string? Model => Used.Model;

    /// <summary>The response's id; null while none is named.</summary>
    public string? Id { get; private set; }

    public string? ServiceTier { get; private set; }

    /// <summary>Whether the answer said that it is whole.</summary>
    public bool IsComplete { get; private set; }

    /// <summary>Whether the provider goes on working at it: the answer is to be asked for again by its id.</summary>
    public bool IsUnfinished => Usage is null && Id is not null && Unfinished.Contains(_status) && (_isBackground || _status == Unfinished[0]);

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
        ReadFacts(root, facts, type);
        if (type == "message_start" && Child(root, "message") is { } message)
        {
            _started = message.Clone();
            Report(ReadUsage(message), isPlaceholder: true);
        }
        else if (type == "message_delta" && _started is { } started)
        {
            Report(ReadUsage(Merge(started, root)), isPlaceholder: false);
        }
        else if (ReadUsage(root) is { } usage && !IsLessThanKnown(root))
        {
            Report(usage, isPlaceholder: false);
        }
    }

    private void ReadFacts(JsonElement root, JsonElement facts, string? type)
    {
        Used.AddModel(Text(facts, "model") ?? Text(root, "model") ?? Text(root, "modelVersion"));
        Id = Text(facts, "id") ?? Id;
        ServiceTier = Text(facts, "service_tier") ?? ServiceTier;
        _status = Text(facts, "status") ?? _status;
        _isBackground |= Child(facts, "background") is { ValueKind: JsonValueKind.True };
        _tools = HostedToolRuns.Read(facts, Model) is var tools && tools != default ? tools : _tools;
        IsFailed |= type is "error" or "response.failed" || Child(root, "error") is not null || Text(facts, "status") == "failed";
        IsComplete |= Ends.Contains(type) || IsLast(root);
    }

    private void Report(WireUsage? usage, bool isPlaceholder)
    {
        if (usage is null)
        {
            return;
        }

        usage = WithTools(usage);
        Used.Add(usage.Usage, isPlaceholder, usage.Issue, usage.LacksInput);
        Usage = isPlaceholder ? Usage : usage;
    }

    private WireUsage WithTools(WireUsage usage) => _tools == default || usage.ReportedCostUsd is not null ? usage : usage with
    {
        Usage = usage.Usage with { WebSearches = Math.Max(usage.Usage.WebSearches, _tools.Searches) },
        Issue = usage.Issue ?? (_tools.Others > 0 ? UsageIssue.ToolFeeUnknown : null),
    };

    /// <summary>Takes note of an event that can't be read.</summary>
    public void ReadMalformed() => IsMalformed = true;

    /// <summary>Takes the mark that ends OpenAI's streams.</summary>
    public void ReadDone() => IsComplete = true;

    // Bedrock's metrics repeat what a model's own stream has said better.
    private bool IsLessThanKnown(JsonElement root) => Usage is not null && Child(root, BedrockUsage.Metrics) is not null;

    private WireUsage? ReadUsage(JsonElement root) => format switch
    {
        WireFormat.Anthropic => WireUsageReader.Read(root, UsageShape.Anthropic),
        WireFormat.Ollama => WireUsageReader.Read(root, UsageShape.Ollama),
        WireFormat.Gemini => WireUsageReader.Read(root, UsageShape.Gemini),
        WireFormat.Responses or WireFormat.Media => WireUsageReader.Read(root, UsageShape.OpenAIResponses),

        // The events of Anthropic's streams, on Bedrock or wherever else, needn't have what tells the form by itself.
        _ when _started is not null || Text(root, "type") == "message" => WireUsageReader.Read(root, UsageShape.Anthropic) ?? WireUsageReader.Read(root, provider),
        _ => WireUsageReader.Read(root, provider),
    };

    private bool IsLast(JsonElement root) => format switch
    {
        // The chunk with the usage and no choices comes last; without it, the one with the reason for the end does. Some report usage in every chunk.
        WireFormat.Chat or WireFormat.Completions => (Child(root, "usage") is not null && !Items(root, "choices").Any()) || Any(root, "choices", "finish_reason"),
        WireFormat.Gemini => Any(root, "candidates", "finishReason"),
        WireFormat.Ollama => Child(root, "done") is { ValueKind: JsonValueKind.True },
        WireFormat.Anthropic => Text(Child(root, "delta") ?? default, "stop_reason") is not null,
        WireFormat.Any => Child(root, "metrics") is not null || Child(root, BedrockUsage.Metrics) is not null,
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

    internal static JsonElement? Child(JsonElement parent, string name) => JsonMembers.Child(parent, name);

    internal static IEnumerable<JsonElement> Items(JsonElement parent, string name) =>
        Child(parent, name) is { ValueKind: JsonValueKind.Array } items ? items.EnumerateArray() : [];

    internal static string? Text(JsonElement parent, string name) => JsonMembers.Text(parent, name);
}
