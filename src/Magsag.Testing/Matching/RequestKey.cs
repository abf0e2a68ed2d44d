namespace Magsag.Testing.Matching;

/// <summary>What of a request must be equal for it to be the recorded one.</summary>
internal static class RequestKey
{
    /// <summary>The settings that cassettes leave out: they name the caller or how the answer is delivered, and don't change what it says.</summary>
    public static readonly IReadOnlySet<string> LeftOut = new HashSet<string>(StringComparer.Ordinal)
    {
        "seed", "user", "metadata", "store", "prompt_cache_key", "prompt_cache_retention", "safety_identifier", "stream_options", "service_tier", "encoding_format", "keep_alive", "parallel_tool_calls", "include",
        "previous_response_id", "cache_control",
    };

    /// <summary>The request as a cassette keeps it, with the test's normalisers applied.</summary>
    public static CanonicalRequest Normalize(CanonicalRequest request, IReadOnlyList<Func<string, string>> normalizers) => normalizers.Count == 0 ? request : request with
    {
        Messages = [.. request.Messages.Select(message => message with { Parts = [.. message.Parts.Select(part => (JsonObject)Normalize(part, normalizers)!)] })],
    };

    private static JsonNode? Normalize(JsonNode? node, IReadOnlyList<Func<string, string>> normalizers) => node switch
    {
        JsonObject members => new JsonObject(members.Select(member => KeyValuePair.Create(member.Key, Normalize(member.Value, normalizers)))),
        JsonArray items => new JsonArray([.. items.Select(item => Normalize(item, normalizers))]),
        _ when CanonicalJson.Text(node) is { } text => normalizers.Aggregate(text, static (said, normalize) => normalize(said)),
        _ => node?.DeepClone(),
    };
}
