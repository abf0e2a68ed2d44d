using System.Text.Json.Nodes;
using Magsag.Testing.Canonical;

namespace Magsag.Testing.Answers;

/// <summary>Google's <c>generateContent</c>.</summary>
internal sealed class GeminiAnswer : AnswerForm
{
    public static readonly GeminiAnswer Instance = new();

    private GeminiAnswer()
    {
    }

    public override JsonObject? Join(IEnumerable<JsonObject> events)
    {
        var body = new JsonObject();
        var candidates = new SortedDictionary<long, JsonObject>();
        foreach (JsonObject chunk in events)
        {
            foreach ((string name, JsonNode? value) in chunk.Where(static member => member.Key != "candidates" && member.Value is not null))
            {
                body[name] = value!.DeepClone();
            }

            foreach (JsonObject candidate in JsonParts.Objects(chunk["candidates"]))
            {
                Add(candidates, candidate);
            }
        }

        body["candidates"] = new JsonArray([.. candidates.Values]);
        return body["error"] is null && candidates.Count > 0 && candidates.Values.All(static candidate => candidate["finishReason"] is not null) ? body : null;
    }

    public override IEnumerable<string> Split(JsonObject body, ReplayedRequest request)
    {
        string before = request.IsServerSent ? "data: " : "[";
        foreach (JsonObject chunk in Chunks(body))
        {
            yield return before + chunk.ToJsonString() + (request.IsServerSent ? "\n\n" : "");
            before = request.IsServerSent ? before : ",\n";
        }

        if (!request.IsServerSent)
        {
            yield return "]";
        }
    }

    public override void Strip(JsonObject body)
    {
        Pieces.Remove(body, "responseId", "createTime");
        foreach (JsonObject part in PartsOf(body))
        {
            Pieces.Remove(part, "thoughtSignature");
            Pieces.Remove(part["functionCall"], "id");
        }
    }

    public override void Renew(JsonObject body, ReplayedRequest request) => body["responseId"] = Pieces.NewId("");

    public override ProviderCache TakeCache(JsonObject body)
    {
        long read = Pieces.Count(body["usageMetadata"], "cachedContentTokenCount");
        Pieces.Remove(body["usageMetadata"], "cachedContentTokenCount", "cacheTokensDetails");
        return new ProviderCache(read, 0);
    }

    public override void PutCache(JsonObject body, ProviderCache cache)
    {
        if (body["usageMetadata"] is JsonObject usage && cache.Read > 0)
        {
            usage["cachedContentTokenCount"] = cache.Read;
        }
    }

    public override void SetInput(JsonObject body, long tokens)
    {
        if (body["usageMetadata"] is JsonObject usage)
        {
            long before = Pieces.Count(usage, "promptTokenCount");
            usage["promptTokenCount"] = tokens;
            usage["totalTokenCount"] = Pieces.Count(usage, "totalTokenCount") - before + tokens;
            usage.Remove("promptTokensDetails");
        }
    }

    public override IEnumerable<string> Output(JsonObject body) => PartsOf(body).SelectMany(static part => (string[])
    [
        CanonicalJson.Text(part["text"]) ?? CanonicalJson.Text(part["functionCall"]?["name"]) ?? "",
        part["functionCall"]?["args"]?.ToJsonString() ?? "",
    ]);

    private static IEnumerable<JsonObject> PartsOf(JsonObject body) =>
        JsonParts.Objects(body["candidates"]).SelectMany(static candidate => JsonParts.Objects(candidate["content"]?["parts"]));

    private static void Add(SortedDictionary<long, JsonObject> candidates, JsonObject candidate)
    {
        long index = Pieces.Count(candidate, "index");
        if (!candidates.TryGetValue(index, out JsonObject? known))
        {
            candidates[index] = known = new JsonObject { ["content"] = new JsonObject { ["role"] = "model", ["parts"] = new JsonArray() } };
        }

        foreach ((string name, JsonNode? value) in candidate.Where(static member => member.Key != "content" && member.Value is not null))
        {
            known[name] = value!.DeepClone();
        }

        var parts = (JsonArray)known["content"]!["parts"]!;
        foreach (JsonObject part in JsonParts.Objects(candidate["content"]?["parts"]))
        {
            AddPart(parts, part);
        }
    }

    private static void AddPart(JsonArray parts, JsonObject part)
    {
        bool goesOn = CanonicalJson.Text(part["text"]) is not null && parts.LastOrDefault() is JsonObject before && CanonicalJson.Text(before["text"]) is not null && JsonNode.DeepEquals(before["thought"], part["thought"]);
        if (goesOn)
        {
            var last = (JsonObject)parts[^1]!;
            last["text"] = CanonicalJson.Text(last["text"]) + CanonicalJson.Text(part["text"]);
        }
        else
        {
            parts.Add(part.DeepClone());
        }
    }

    private static IEnumerable<JsonObject> Chunks(JsonObject body)
    {
        List<JsonObject> chunks = [];
        foreach (JsonObject candidate in JsonParts.Objects(body["candidates"]))
        {
            List<JsonObject> pieces = [.. JsonParts.Objects(candidate["content"]?["parts"]).SelectMany(PiecesOf)];
            for (int index = 0; index < pieces.Count; index++)
            {
                JsonObject said = index == pieces.Count - 1 ? (JsonObject)candidate.DeepClone() : new JsonObject();
                said["content"] = new JsonObject { ["role"] = "model", ["parts"] = new JsonArray(pieces[index]) };
                chunks.Add(new JsonObject { ["candidates"] = new JsonArray(said) });
            }

            if (pieces.Count == 0)
            {
                chunks.Add(new JsonObject { ["candidates"] = new JsonArray(candidate.DeepClone()) });
            }
        }

        for (int index = 0; index < chunks.Count; index++)
        {
            foreach ((string name, JsonNode? value) in body.Where(member => member.Key != "candidates" && (member.Key != "usageMetadata" || index == chunks.Count - 1)))
            {
                chunks[index][name] = value?.DeepClone();
            }

            yield return chunks[index];
        }
    }

    private static IEnumerable<JsonObject> PiecesOf(JsonObject part) => CanonicalJson.Text(part["text"]) is not { } text
        ? [(JsonObject)part.DeepClone()]
        : Pieces.Of(text).Select(piece =>
        {
            var said = (JsonObject)part.DeepClone();
            said["text"] = piece;
            return said;
        });
}
