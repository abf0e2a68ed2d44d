using System.Text.Json.Nodes;
using Magsag.Testing.Canonical;

namespace Magsag.Testing.Answers;

/// <summary>Anthropic's messages.</summary>
internal sealed class AnthropicAnswer : AnswerForm
{
    public static readonly AnthropicAnswer Instance = new();

    private AnthropicAnswer()
    {
    }

    public override JsonObject? Join(IEnumerable<JsonObject> events)
    {
        JsonObject? message = null;
        var content = new JsonArray();
        bool hasEnded = false;
        foreach (JsonObject data in events)
        {
            switch (CanonicalJson.Text(data["type"]))
            {
                case "message_start": message = data["message"]?.DeepClone() as JsonObject; break;
                case "content_block_start": content.Add(data["content_block"]?.DeepClone()); break;
                case "content_block_delta" when data["delta"] is JsonObject delta && content.Count > 0: AddDelta((JsonObject)content[^1]!, delta); break;
                case "message_delta" when message is not null: End(message, data); break;
                case "message_stop": hasEnded = true; break;
                case "error": return null;
                default: break;
            }
        }

        if (message is null || !hasEnded)
        {
            return null;
        }

        foreach (JsonObject block in content.OfType<JsonObject>())
        {
            ReadInput(block);
        }

        message["content"] = content;
        return message;
    }

    public override IEnumerable<string> Split(JsonObject body, ReplayedRequest request)
    {
        var begun = (JsonObject)body.DeepClone();
        (begun["content"], begun["stop_reason"], begun["stop_sequence"]) = (new JsonArray(), null, null);
        if (begun["usage"] is JsonObject usage)
        {
            usage["output_tokens"] = 1;
        }

        yield return Pieces.Event(new JsonObject { ["type"] = "message_start", ["message"] = begun });
        int index = 0;
        foreach (JsonObject block in JsonParts.Objects(body["content"]))
        {
            foreach (JsonObject data in BlockEvents(block, index++))
            {
                yield return Pieces.Event(data);
            }
        }

        yield return Pieces.Event(new JsonObject
        {
            ["type"] = "message_delta",
            ["delta"] = new JsonObject { ["stop_reason"] = body["stop_reason"]?.DeepClone(), ["stop_sequence"] = body["stop_sequence"]?.DeepClone() },
            ["usage"] = body["usage"]?.DeepClone(),
        });
        yield return Pieces.Event(new JsonObject { ["type"] = "message_stop" });
    }

    public override void Strip(JsonObject body)
    {
        Pieces.Remove(body, "id", "container");
        foreach (JsonObject block in JsonParts.Objects(body["content"]))
        {
            Pieces.Remove(block, "id", "signature");
        }
    }

    public override void Renew(JsonObject body, ReplayedRequest request)
    {
        Pieces.Put(body, 0, "id", Pieces.NewId("msg_"));
        foreach (JsonObject block in JsonParts.Objects(body["content"]))
        {
            switch (CanonicalJson.Text(block["type"]))
            {
                case "tool_use" or "server_tool_use": block["id"] = Pieces.NewId("toolu_"); break;
                case "thinking": block["signature"] = "replayed"; break;
                default: break;
            }
        }
    }

    // Here the input excludes what the cache read and wrote.
    public override ProviderCache TakeCache(JsonObject body)
    {
        if (body["usage"] is not JsonObject usage)
        {
            return default;
        }

        var cache = new ProviderCache(Pieces.Count(usage, "cache_read_input_tokens"), Pieces.Count(usage, "cache_creation_input_tokens"));
        Set(usage, Pieces.Count(usage, "input_tokens") + cache.Read + cache.Written, default);
        return cache;
    }

    public override void PutCache(JsonObject body, ProviderCache cache)
    {
        if (body["usage"] is JsonObject usage)
        {
            Set(usage, Math.Max(0, Pieces.Count(usage, "input_tokens") - cache.Read - cache.Written), cache);
        }
    }

    public override void SetInput(JsonObject body, long tokens)
    {
        if (body["usage"] is JsonObject usage)
        {
            usage["input_tokens"] = Math.Max(0, tokens - Pieces.Count(usage, "cache_read_input_tokens") - Pieces.Count(usage, "cache_creation_input_tokens"));
        }
    }

    public override IEnumerable<string> Output(JsonObject body) => JsonParts.Objects(body["content"]).SelectMany(static block => (string[])
    [
        CanonicalJson.Text(block["text"]) ?? CanonicalJson.Text(block["thinking"]) ?? CanonicalJson.Text(block["name"]) ?? "",
        block["input"]?.ToJsonString() ?? "",
    ]);

    private static void Set(JsonObject usage, long input, ProviderCache cache)
    {
        usage["input_tokens"] = input;
        foreach ((string name, long count) in ((string, long)[])[("cache_read_input_tokens", cache.Read), ("cache_creation_input_tokens", cache.Written)])
        {
            if (usage.ContainsKey(name) || count > 0)
            {
                usage[name] = count;
            }
        }

        usage.Remove("cache_creation");
    }

    private static void AddDelta(JsonObject block, JsonObject delta)
    {
        (string member, string? piece) = CanonicalJson.Text(delta["type"]) switch
        {
            "text_delta" => ("text", CanonicalJson.Text(delta["text"])),
            "thinking_delta" => ("thinking", CanonicalJson.Text(delta["thinking"])),
            "input_json_delta" => ("partial_json", CanonicalJson.Text(delta["partial_json"])),
            _ => ("", null),
        };
        if (piece is not null)
        {
            block[member] = (CanonicalJson.Text(block[member]) ?? "") + piece;
        }
        else if (delta["citation"] is { } citation)
        {
            (block["citations"] as JsonArray ?? (JsonArray)(block["citations"] = new JsonArray())).Add(citation.DeepClone());
        }
    }

    private static void ReadInput(JsonObject block)
    {
        if (CanonicalJson.Text(block["partial_json"]) is { } text)
        {
            block["input"] = text.Length == 0 ? new JsonObject() : JsonNode.Parse(text);
            block.Remove("partial_json");
        }
    }

    private static void End(JsonObject message, JsonObject data)
    {
        foreach ((string name, JsonNode? value) in data["delta"] as JsonObject ?? [])
        {
            message[name] = value?.DeepClone();
        }

        if (data["usage"] is JsonObject usage && message["usage"] is JsonObject known)
        {
            foreach ((string name, JsonNode? value) in usage.Where(static count => count.Value is not null))
            {
                known[name] = value!.DeepClone();
            }
        }
    }

    private static IEnumerable<JsonObject> BlockEvents(JsonObject block, int index)
    {
        var begun = (JsonObject)block.DeepClone();
        string? type = CanonicalJson.Text(block["type"]);
        List<JsonObject> deltas = [];
        switch (type)
        {
            case "text":
                begun["text"] = "";
                deltas = [.. Pieces.Of(CanonicalJson.Text(block["text"])).Select(static piece => new JsonObject { ["type"] = "text_delta", ["text"] = piece })];
                break;
            case "thinking":
                (begun["thinking"], begun["signature"]) = ("", "");
                deltas = [.. Pieces.Of(CanonicalJson.Text(block["thinking"])).Select(static piece => new JsonObject { ["type"] = "thinking_delta", ["thinking"] = piece }), new JsonObject { ["type"] = "signature_delta", ["signature"] = "replayed" }];
                break;
            case "tool_use" or "server_tool_use":
                begun["input"] = new JsonObject();
                deltas = [.. Pieces.Of(block["input"]?.ToJsonString()).Select(static piece => new JsonObject { ["type"] = "input_json_delta", ["partial_json"] = piece })];
                break;
            default:
                break;
        }

        yield return new JsonObject { ["type"] = "content_block_start", ["index"] = index, ["content_block"] = begun };
        foreach (JsonObject delta in deltas)
        {
            yield return new JsonObject { ["type"] = "content_block_delta", ["index"] = index, ["delta"] = delta };
        }

        yield return new JsonObject { ["type"] = "content_block_stop", ["index"] = index };
    }
}
