using System.Text.Json.Nodes;
using Magsag.Testing.Canonical;

namespace Magsag.Testing.Answers;

/// <summary>Ollama's own chat, generate and embed: one JSON text per line.</summary>
internal sealed class OllamaAnswer : AnswerForm
{
    public static readonly OllamaAnswer Instance = new();

    private OllamaAnswer()
    {
    }

    public override string StreamType => "application/x-ndjson";

    public override JsonObject? Join(IEnumerable<JsonObject> events)
    {
        var message = new JsonObject();
        string? response = null;
        JsonObject? body = null;
        foreach (JsonObject line in events)
        {
            body = line;
            if (line["message"] is JsonObject said)
            {
                Pieces.Merge(message, said);
            }

            response = line["response"] is { } piece ? response + CanonicalJson.Text(piece) : response;
        }

        if (body?["done"] is not JsonValue done || !done.TryGetValue(out bool isDone) || !isDone)
        {
            return null;
        }

        body = (JsonObject)body.DeepClone();
        if (response is not null)
        {
            body["response"] = response;
        }
        else
        {
            body["message"] = message;
        }

        return body;
    }

    public override IEnumerable<string> Split(JsonObject body, ReplayedRequest request)
    {
        bool isChat = body["message"] is JsonObject;
        var said = body["message"] as JsonObject ?? new JsonObject { ["response"] = body["response"]?.DeepClone() };
        foreach (string name in (string[])["thinking", "content", "response"])
        {
            foreach (string piece in Pieces.Of(CanonicalJson.Text(said[name])))
            {
                yield return Line(body, isChat ? new JsonObject { ["role"] = "assistant", ["content"] = "", [name] = piece } : null, piece);
            }
        }

        if (said["tool_calls"] is { } calls)
        {
            yield return Line(body, new JsonObject { ["role"] = "assistant", ["content"] = "", ["tool_calls"] = calls.DeepClone() }, "");
        }

        var last = (JsonObject)body.DeepClone();
        if (isChat)
        {
            last["message"] = new JsonObject { ["role"] = "assistant", ["content"] = "" };
        }
        else
        {
            last["response"] = "";
        }

        yield return last.ToJsonString() + "\n";
    }

    public override void Strip(JsonObject body)
    {
        Pieces.Remove(body, "created_at", "total_duration", "load_duration", "prompt_eval_duration", "eval_duration", "context");
        Vectors.Shorten(body["embeddings"]);
        foreach (JsonObject call in JsonParts.Objects(body["message"]?["tool_calls"]))
        {
            Pieces.Remove(call, "id");
        }
    }

    public override void Renew(JsonObject body, ReplayedRequest request)
    {
        Vectors.Lengthen(body["embeddings"], asBase64: false);
        body["created_at"] = Pieces.NowText;
    }

    public override ProviderCache TakeCache(JsonObject body) => default;

    public override void PutCache(JsonObject body, ProviderCache cache)
    {
    }

    public override void SetInput(JsonObject body, long tokens) => body["prompt_eval_count"] = tokens;

    public override IEnumerable<string> Output(JsonObject body)
    {
        yield return CanonicalJson.Text(body["message"]?["content"]) ?? CanonicalJson.Text(body["response"]) ?? "";
        yield return CanonicalJson.Text(body["message"]?["thinking"]) ?? "";
        foreach (JsonObject call in JsonParts.Objects(body["message"]?["tool_calls"]))
        {
            yield return CanonicalJson.Text(call["function"]?["name"]) ?? "";
            yield return call["function"]?["arguments"]?.ToJsonString() ?? "";
        }
    }

    private static string Line(JsonObject body, JsonObject? message, string piece)
    {
        var line = new JsonObject { ["model"] = body["model"]?.DeepClone(), ["created_at"] = body["created_at"]?.DeepClone() };
        if (message is not null)
        {
            line["message"] = message;
        }
        else
        {
            line["response"] = piece;
        }

        line["done"] = false;
        return line.ToJsonString() + "\n";
    }
}
