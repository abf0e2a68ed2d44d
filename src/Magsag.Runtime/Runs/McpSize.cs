using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Magsag.Runtime.Runs;

/// <summary>How large arguments or a result are.</summary>
/// <param name="Bytes">Bytes in UTF-8; for images, sounds and files their own.</param>
/// <param name="Tokens">Tokens that a model reads them as; null when there is something else than text.</param>
internal readonly record struct McpSize(long Bytes, long? Tokens)
{
    public static McpSize Measure(object? value) => value switch
    {
        null => new McpSize(0, 0),
        string text => OfText(text),
        JsonElement json => OfText(json.GetRawText()),
        TextContent content => OfText(content.Text),
        DataContent data => new McpSize(data.Data.Length, null),
        IEnumerable<AIContent> contents => contents.Select(static content => Measure(content)).Aggregate(new McpSize(0, 0), static (sum, size) => new McpSize(sum.Bytes + size.Bytes, sum.Tokens + size.Tokens)),
        _ => ContentJson.Compact(value) is { } text ? OfText(text) : new McpSize(0, null),
    };

    private static McpSize OfText(string text) => new(Encoding.UTF8.GetByteCount(text), TokenCounter.For(null).Count(text));
}
