using System.Text.Json.Nodes;
using Magsag.Testing.Canonical;

namespace Magsag.Testing.Answers;

/// <summary>OpenAI's chat completions, and those of everybody compatible.</summary>
internal sealed class ChatAnswer : AnswerForm
{
    public static readonly ChatAnswer Instance = new();

    private ChatAnswer()
    {
    }

    public override JsonObject? Join(IEnumerable<JsonObject> events)
    {
        var body = new JsonObject();
        var choices = new SortedDictionary<long, JsonObject>();
        foreach (JsonObject chunk in events)
        {
            foreach ((string name, JsonNode? value) in chunk)
            {
                if (name != "choices" && value is not null)
                {
                    body[name] = value.DeepClone();
                }
            }

            foreach (JsonObject choice in JsonParts.Objects(chunk["choices"]))
            {
                AddChoice(choices, choice);
            }
        }

        body["choices"] = new JsonArray([.. choices.Values]);
        bool isWhole = choices.Count > 0 && choices.Values.All(static choice => choice["finish_reason"] is not null);
        return isWhole && body["error"] is null ? body : null;
    }

    public override IEnumerable<string> Split(JsonObject body, ReplayedRequest request)
    {
        JsonNode? usage = body["usage"];
        foreach (JsonObject choice in JsonParts.Objects(body["choices"]))
        {
            foreach (JsonObject delta in Deltas(choice["message"] as JsonObject ?? []))
            {
                yield return Chunk(body, new JsonObject { ["index"] = choice["index"]?.DeepClone() ?? 0, ["delta"] = delta, ["finish_reason"] = null });
            }

            var last = new JsonObject { ["index"] = choice["index"]?.DeepClone() ?? 0, ["delta"] = new JsonObject(), ["finish_reason"] = choice["finish_reason"]?.DeepClone() };
            if (choice["logprobs"] is { } probabilities)
            {
                last["logprobs"] = probabilities.DeepClone();
            }

            yield return Chunk(body, last);
        }

        if (usage is not null && request.WantsUsage)
        {
            JsonObject chunk = Frame(body);
            chunk["choices"] = new JsonArray();
            chunk["usage"] = usage.DeepClone();
            yield return Pieces.Data(chunk);
        }

        yield return "data: [DONE]\n\n";
    }

    public override void Strip(JsonObject body)
    {
        Pieces.Remove(body, "id", "object", "created", "system_fingerprint", "obfuscation", "x_groq");
        foreach (JsonObject choice in JsonParts.Objects(body["choices"]))
        {
            foreach (JsonObject call in JsonParts.Objects(choice["message"]?["tool_calls"]))
            {
                Pieces.Remove(call, "id", "index");
            }
        }
    }

    public override void Renew(JsonObject body, ReplayedRequest request)
    {
        Pieces.Put(body, 0, "id", Pieces.NewId("chatcmpl-"));
        Pieces.Put(body, 1, "object", "chat.completion");
        Pieces.Put(body, 2, "created", Pieces.Now);
        foreach (JsonObject choice in JsonParts.Objects(body["choices"]))
        {
            foreach (JsonObject call in JsonParts.Objects(choice["message"]?["tool_calls"]))
            {
                Pieces.Put(call, 0, "id", Pieces.NewId("call_"));
            }
        }
    }

    public override ProviderCache TakeCache(JsonObject body)
    {
        if (body["usage"] is not JsonObject usage)
        {
            return default;
        }

        long read = Math.Max(Pieces.Count(usage["prompt_tokens_details"], "cached_tokens"), Pieces.Count(usage, "prompt_cache_hit_tokens"));
        Set(usage, 0);
        return new ProviderCache(read, 0);
    }

    public override void PutCache(JsonObject body, ProviderCache cache)
    {
        if (body["usage"] is JsonObject usage)
        {
            Set(usage, cache.Read);
        }
    }

    public override void SetInput(JsonObject body, long tokens)
    {
        if (body["usage"] is JsonObject usage)
        {
            usage["prompt_tokens"] = tokens;
            usage["total_tokens"] = tokens + Pieces.Count(usage, "completion_tokens");
        }
    }

    public override IEnumerable<string> Output(JsonObject body)
    {
        foreach (JsonNode? message in JsonParts.Objects(body["choices"]).Select(static choice => choice["message"]))
        {
            yield return CanonicalJson.Text(message?["content"]) ?? "";
            yield return CanonicalJson.Text(message?["refusal"]) ?? "";
            foreach (JsonObject call in JsonParts.Objects(message?["tool_calls"]))
            {
                yield return CanonicalJson.Text(call["function"]?["name"]) ?? "";
                yield return CanonicalJson.Text(call["function"]?["arguments"]) ?? "";
            }
        }
    }

    private static void Set(JsonObject usage, long read)
    {
        if (usage["prompt_tokens_details"] is JsonObject details && details["cached_tokens"] is not null)
        {
            details["cached_tokens"] = read;
        }

        if (usage["prompt_cache_hit_tokens"] is not null)
        {
            usage["prompt_cache_hit_tokens"] = read;
            usage["prompt_cache_miss_tokens"] = Pieces.Count(usage, "prompt_tokens") - read;
        }
    }

    private static void AddChoice(SortedDictionary<long, JsonObject> choices, JsonObject choice)
    {
        long index = Pieces.Count(choice, "index");
        if (!choices.TryGetValue(index, out JsonObject? known))
        {
            choices[index] = known = new JsonObject { ["index"] = index, ["message"] = new JsonObject(), ["finish_reason"] = null };
        }

        if (choice["delta"] is JsonObject delta)
        {
            Pieces.Merge((JsonObject)known["message"]!, delta);
        }

        foreach (string name in (string[])["finish_reason", "logprobs"])
        {
            known[name] = choice[name]?.DeepClone() ?? known[name]?.DeepClone();
        }

        if (known["logprobs"] is null)
        {
            known.Remove("logprobs");
        }
    }

    private static IEnumerable<JsonObject> Deltas(JsonObject message)
    {
        var first = new JsonObject();
        foreach ((string name, JsonNode? value) in message)
        {
            if (name is not ("content" or "tool_calls" or "refusal" or "reasoning_content"))
            {
                first[name] = value?.DeepClone();
            }
        }

        first["role"] ??= "assistant";
        first["content"] = message["content"] is null ? null : "";
        yield return first;
        foreach (string name in (string[])["reasoning_content", "content", "refusal"])
        {
            foreach (string piece in Pieces.Of(CanonicalJson.Text(message[name])))
            {
                yield return new JsonObject { [name] = piece };
            }
        }

        int index = 0;
        foreach (JsonObject call in JsonParts.Objects(message["tool_calls"]))
        {
            var begun = (JsonObject)call.DeepClone();
            Pieces.Put(begun, 0, "index", index);
            string? arguments = CanonicalJson.Text(call["function"]?["arguments"]);
            if (begun["function"] is JsonObject function)
            {
                function["arguments"] = "";
            }

            yield return new JsonObject { ["tool_calls"] = new JsonArray(begun) };
            foreach (string piece in Pieces.Of(arguments))
            {
                yield return new JsonObject { ["tool_calls"] = new JsonArray(new JsonObject { ["index"] = index, ["function"] = new JsonObject { ["arguments"] = piece } }) };
            }

            index++;
        }
    }

    private static string Chunk(JsonObject body, JsonObject choice)
    {
        JsonObject chunk = Frame(body);
        chunk["choices"] = new JsonArray(choice);
        return Pieces.Data(chunk);
    }

    private static JsonObject Frame(JsonObject body)
    {
        var frame = new JsonObject { ["id"] = body["id"]?.DeepClone(), ["object"] = "chat.completion.chunk", ["created"] = body["created"]?.DeepClone(), ["model"] = body["model"]?.DeepClone() };
        if (body["service_tier"] is { } tier)
        {
            frame["service_tier"] = tier.DeepClone();
        }

        return frame;
    }
}
