using System.Security.Cryptography;

namespace Magsag.Testing.Privacy;

/// <summary>A request of which no prompt is kept: of each message its role, hash and tokens, of tools their names.</summary>
internal static class HashedRequest
{
    public static JsonObject From(CanonicalRequest request, JsonObject full)
    {
        var counter = TokenCounter.For(request.Model);
        var hashed = (JsonObject)full.DeepClone();
        hashed.Remove("messages");
        hashed.Remove("response_format");
        if (request.Tools.Count > 0)
        {
            hashed["tools"] = new JsonArray([.. request.Tools.Select(static tool => new JsonObject { ["name"] = tool.Name, ["sha256"] = HashOf(tool.ToJson()) })]);
        }

        hashed["hashed"] = new JsonArray([.. request.Messages.Select(message => new JsonObject { ["role"] = message.Role, ["sha256"] = HashOf(message.ToJson()), ["tokens"] = CanonicalTokens.Count(message, counter) })]);
        if (CanonicalTokens.Count(request, counter) is { } tokens)
        {
            hashed["tokens"] = tokens;
        }

        return hashed;
    }

    private static string HashOf(JsonNode node) => Convert.ToHexString(SHA256.HashData(CanonicalJson.ToBytes(node))).ToLowerInvariant();
}
