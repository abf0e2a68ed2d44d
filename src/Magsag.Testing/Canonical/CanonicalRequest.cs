using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace Magsag.Testing.Canonical;

/// <summary>What a request asks of a model, in one form whichever SDK or pipeline says it: made from a wire body or from messages and options.</summary>
/// <remarks>
/// It holds everything that was asked. Whoever compares requests names what doesn't matter to him: see <see cref="ToJson"/>. Texts have LF and NFC,
/// calls of tools are numbered in their order instead of named by ids, and settings have one name in all formats (<c>max_output_tokens</c>, <c>temperature</c>, <c>top_p</c>, <c>top_k</c>, <c>stop</c>, <c>response_format</c>).
/// </remarks>
internal sealed record CanonicalRequest
{
    /// <summary>The operation, in the ledger's words.</summary>
    public required string Operation { get; init; }

    /// <summary>The model as requested; null when the request names none.</summary>
    public string? Model { get; init; }

    /// <summary>Whether the answer is to be streamed. It is no part of the content.</summary>
    public bool IsStreamed { get; init; }

    public IReadOnlyList<CanonicalMessage> Messages { get; init; } = [];

    public IReadOnlyList<CanonicalTool> Tools { get; init; } = [];

    /// <summary>Everything else that the request says, by name.</summary>
    public IReadOnlyDictionary<string, JsonNode> Settings { get; init; } = new SortedDictionary<string, JsonNode>(StringComparer.Ordinal);

    /// <summary>The form as JSON, always the same for the same request.</summary>
    /// <param name="leftOut">The settings that don't matter to the caller.</param>
    public JsonObject ToJson(IReadOnlySet<string> leftOut)
    {
        var json = new JsonObject { ["operation"] = Operation };
        if (Model is not null)
        {
            json["model"] = Model;
        }

        foreach ((string name, JsonNode value) in Settings.Where(setting => !leftOut.Contains(setting.Key)))
        {
            json[name] = value.DeepClone();
        }

        if (Tools.Count > 0)
        {
            json["tools"] = new JsonArray([.. Tools.Select(static tool => tool.ToJson())]);
        }

        json["messages"] = new JsonArray([.. Messages.Select(static message => message.ToJson())]);
        return json;
    }

    /// <summary>A name for the request's content: the first 16 hexadecimal digits of the SHA-256 of its JSON.</summary>
    /// <param name="leftOut">The settings that don't matter to the caller.</param>
    public string KeyOf(IReadOnlySet<string> leftOut) => KeyOf(ToJson(leftOut));

    /// <summary>The name of a content that is JSON already.</summary>
    public static string KeyOf(JsonObject content) => Convert.ToHexStringLower(SHA256.HashData(CanonicalJson.ToBytes(content)))[..16];
}
