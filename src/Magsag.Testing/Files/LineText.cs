namespace Magsag.Testing.Files;

/// <summary>Writes texts of several lines as lists of lines, so that a review shows which of them changed.</summary>
internal static class LineText
{
    private const string Member = "$lines";

    /// <summary>A copy in which texts of several lines are <c>{"$lines": […]}</c>. Members whose names begin with <c>$</c> get another one.</summary>
    public static JsonNode? ToLines(JsonNode? node) => node switch
    {
        JsonObject members => new JsonObject(members.Select(static member => KeyValuePair.Create(member.Key.StartsWith('$') ? "$" + member.Key : member.Key, ToLines(member.Value)))),
        JsonArray items => new JsonArray([.. items.Select(ToLines)]),
        _ when CanonicalJson.Text(node) is { } text && text.Contains('\n', StringComparison.Ordinal) => new JsonObject { [Member] = new JsonArray([.. text.Split('\n').Select(static line => (JsonNode)line)]) },
        _ => node?.DeepClone(),
    };

    /// <summary>What <see cref="ToLines"/> was made of.</summary>
    public static JsonNode? FromLines(JsonNode? node) => node switch
    {
        JsonObject { Count: 1 } wrapped when wrapped[Member] is JsonArray lines => string.Join('\n', lines.Select(CanonicalJson.Text)),
        JsonObject members => new JsonObject(members.Select(static member => KeyValuePair.Create(member.Key.StartsWith('$') ? member.Key[1..] : member.Key, FromLines(member.Value)))),
        JsonArray items => new JsonArray([.. items.Select(FromLines)]),
        _ => node?.DeepClone(),
    };
}
