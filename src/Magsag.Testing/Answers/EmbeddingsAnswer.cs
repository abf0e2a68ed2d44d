using System.Text.Json.Nodes;
using Magsag.Testing.Canonical;

namespace Magsag.Testing.Answers;

/// <summary>OpenAI's embeddings. Vectors are kept as float16.</summary>
internal sealed class EmbeddingsAnswer : AnswerForm
{
    public static readonly EmbeddingsAnswer Instance = new();

    private EmbeddingsAnswer()
    {
    }

    public override JsonObject? Join(IEnumerable<JsonObject> events) => null;

    public override IEnumerable<string> Split(JsonObject body, ReplayedRequest request) => [body.ToJsonString()];

    public override void Strip(JsonObject body)
    {
        Pieces.Remove(body, "id", "created");
        foreach (JsonObject item in JsonParts.Objects(body["data"]))
        {
            item["embedding"] = Vectors.Shorten(item["embedding"], 0);
        }
    }

    public override void Renew(JsonObject body, ReplayedRequest request)
    {
        foreach (JsonObject item in JsonParts.Objects(body["data"]))
        {
            item["embedding"] = Vectors.Lengthen(CanonicalJson.Text(item["embedding"]), request.WantsBase64);
        }
    }

    public override ProviderCache TakeCache(JsonObject body) => default;

    public override void PutCache(JsonObject body, ProviderCache cache)
    {
    }

    public override void SetInput(JsonObject body, long tokens)
    {
        if (body["usage"] is JsonObject usage)
        {
            (usage["prompt_tokens"], usage["total_tokens"]) = (tokens, tokens);
        }
    }

    public override IEnumerable<string> Output(JsonObject body) => [];
}
