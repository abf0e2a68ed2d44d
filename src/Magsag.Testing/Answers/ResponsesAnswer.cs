using System.Text.Json.Nodes;
using Magsag.Testing.Canonical;

namespace Magsag.Testing.Answers;

/// <summary>OpenAI's responses: the last event holds the whole answer.</summary>
internal sealed class ResponsesAnswer : AnswerForm
{
    public static readonly ResponsesAnswer Instance = new();

    private ResponsesAnswer()
    {
    }

    public override JsonObject? Join(IEnumerable<JsonObject> events)
    {
        JsonObject? last = events.LastOrDefault(static data => CanonicalJson.Text(data["type"]) is "response.completed" or "response.incomplete" or "response.failed");
        return last?["response"]?.DeepClone() as JsonObject;
    }

    public override IEnumerable<string> Split(JsonObject body, ReplayedRequest request)
    {
        int number = 0;
        JsonObject Numbered(string type, JsonObject members)
        {
            Pieces.Put(members, 0, "type", type);
            Pieces.Put(members, 1, "sequence_number", number++);
            return members;
        }

        var begun = (JsonObject)body.DeepClone();
        (begun["status"], begun["output"], begun["usage"]) = ("in_progress", new JsonArray(), null);
        yield return Pieces.Event(Numbered("response.created", new JsonObject { ["response"] = begun.DeepClone() }));
        yield return Pieces.Event(Numbered("response.in_progress", new JsonObject { ["response"] = begun }));
        int index = 0;
        foreach (JsonObject item in JsonParts.Objects(body["output"]))
        {
            foreach ((string type, JsonObject members) in ItemEvents(item, index++))
            {
                yield return Pieces.Event(Numbered(type, members));
            }
        }

        string status = CanonicalJson.Text(body["status"]) is "failed" or "incomplete" ? CanonicalJson.Text(body["status"])! : "completed";
        yield return Pieces.Event(Numbered("response." + status, new JsonObject { ["response"] = body.DeepClone() }));
    }

    public override void Strip(JsonObject body)
    {
        // The request's own members are repeated in the answer.
        Pieces.Remove(body, "id", "object", "created_at", "completed_at", "instructions", "tools", "metadata", "user", "safety_identifier", "prompt_cache_key", "previous_response_id", "conversation");
        foreach (JsonObject item in JsonParts.Objects(body["output"]))
        {
            Pieces.Remove(item, "id", "call_id", "encrypted_content");
        }
    }

    public override void Renew(JsonObject body, ReplayedRequest request)
    {
        Pieces.Put(body, 0, "id", Pieces.NewId("resp_"));
        Pieces.Put(body, 1, "object", "response");
        Pieces.Put(body, 2, "created_at", Pieces.Now);
        body["tools"] = new JsonArray();
        foreach (JsonObject item in JsonParts.Objects(body["output"]))
        {
            string? type = CanonicalJson.Text(item["type"]);
            Pieces.Put(item, 0, "id", Pieces.NewId(type switch { "message" => "msg_", "function_call" => "fc_", "reasoning" => "rs_", _ => "item_" }));
            if (type == "function_call")
            {
                Pieces.Put(item, 1, "call_id", Pieces.NewId("call_"));
            }
        }
    }

    public override ProviderCache TakeCache(JsonObject body)
    {
        long read = Pieces.Count(body["usage"]?["input_tokens_details"], "cached_tokens");
        PutCache(body, default);
        return new ProviderCache(read, 0);
    }

    public override void PutCache(JsonObject body, ProviderCache cache)
    {
        if (body["usage"]?["input_tokens_details"] is JsonObject details && details["cached_tokens"] is not null)
        {
            details["cached_tokens"] = cache.Read;
        }
    }

    public override void SetInput(JsonObject body, long tokens)
    {
        if (body["usage"] is JsonObject usage)
        {
            usage["input_tokens"] = tokens;
            usage["total_tokens"] = tokens + Pieces.Count(usage, "output_tokens");
        }
    }

    public override IEnumerable<string> Output(JsonObject body)
    {
        foreach (JsonObject item in JsonParts.Objects(body["output"]))
        {
            yield return CanonicalJson.Text(item["name"]) ?? "";
            yield return CanonicalJson.Text(item["arguments"]) ?? "";
            foreach (JsonObject part in JsonParts.Objects(item["content"]))
            {
                yield return CanonicalJson.Text(part["text"]) ?? CanonicalJson.Text(part["refusal"]) ?? "";
            }
        }
    }

    private static IEnumerable<(string Type, JsonObject Members)> ItemEvents(JsonObject item, int index)
    {
        var begun = (JsonObject)item.DeepClone();
        if (begun["content"] is JsonArray)
        {
            begun["content"] = new JsonArray();
        }

        if (begun["arguments"] is not null)
        {
            begun["arguments"] = "";
        }

        yield return ("response.output_item.added", new JsonObject { ["output_index"] = index, ["item"] = begun });
        int part = 0;
        foreach (JsonObject content in JsonParts.Objects(item["content"]))
        {
            foreach ((string, JsonObject) said in PartEvents(item, content, index, part))
            {
                yield return said;
            }

            part++;
        }

        if (CanonicalJson.Text(item["type"]) == "function_call")
        {
            foreach (string piece in Pieces.Of(CanonicalJson.Text(item["arguments"])))
            {
                yield return ("response.function_call_arguments.delta", new JsonObject { ["item_id"] = item["id"]?.DeepClone(), ["output_index"] = index, ["delta"] = piece });
            }

            yield return ("response.function_call_arguments.done", new JsonObject { ["item_id"] = item["id"]?.DeepClone(), ["output_index"] = index, ["arguments"] = item["arguments"]?.DeepClone() });
        }

        yield return ("response.output_item.done", new JsonObject { ["output_index"] = index, ["item"] = item.DeepClone() });
    }

    private static IEnumerable<(string Type, JsonObject Members)> PartEvents(JsonObject item, JsonObject content, int index, int part)
    {
        JsonObject At() => new() { ["item_id"] = item["id"]?.DeepClone(), ["output_index"] = index, ["content_index"] = part };
        bool isRefusal = content["refusal"] is not null;
        string kind = isRefusal ? "refusal" : "output_text";
        string member = isRefusal ? "refusal" : "text";
        JsonObject added = At();
        var empty = (JsonObject)content.DeepClone();
        empty[member] = "";
        added["part"] = empty;
        yield return ("response.content_part.added", added);
        foreach (string piece in Pieces.Of(CanonicalJson.Text(content[member])))
        {
            JsonObject delta = At();
            delta["delta"] = piece;
            yield return ($"response.{kind}.delta", delta);
        }

        JsonObject done = At();
        done[member] = content[member]?.DeepClone();
        yield return ($"response.{kind}.done", done);
        JsonObject ended = At();
        ended["part"] = content.DeepClone();
        yield return ("response.content_part.done", ended);
    }
}
