using System.ClientModel.Primitives;
using System.Text.Json;

namespace Magsag.Runtime;

/// <summary>Counts the pieces of a tool call that adapters don't pass on in Microsoft.Extensions.AI's form until the call is whole.</summary>
internal static class StreamedToolCall
{
    // A provider sends no chunk for nothing.
    private const int LeastPerChunk = 1;

    /// <summary>The tokens of a chunk in its SDK's own form.</summary>
    public static long TokensOf(object chunk, TokenCounter counter)
    {
        if (JsonOf(chunk) is not { } json)
        {
            return LeastPerChunk;
        }

        using JsonDocument document = json;
        JsonElement root = document.RootElement;
        var tally = new TextTally(counter);
        AnswerText.AddTo(tally, root, root.TryGetProperty("choices", out _) ? WireFormat.Chat : root.TryGetProperty("sequence_number", out _) ? WireFormat.Responses : WireFormat.Anthropic);
        return tally.Total();
    }

    private static JsonDocument? JsonOf(object chunk)
    {
        try
        {
            return chunk switch
            {
                IPersistableModel<object> model => JsonDocument.Parse(model.Write(ModelReaderWriterOptions.Json)),
                _ when chunk.ToString() is ['{', ..] text => JsonDocument.Parse(text),
                _ => null,
            };
        }
        catch (Exception error) when (error is JsonException or FormatException or NotSupportedException or InvalidOperationException)
        {
            return null;
        }
    }
}
