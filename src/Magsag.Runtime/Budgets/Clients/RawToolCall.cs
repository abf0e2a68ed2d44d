using System.ClientModel.Primitives;
using System.Text.Json;

namespace Magsag.Runtime.Budgets.Clients;

/// <summary>Reads the pieces of a tool call that adapters don't pass on in Microsoft.Extensions.AI's form until the call is whole.</summary>
internal static class RawToolCall
{
    // What can't be read still stands for a token: no provider sends a chunk for nothing.
    private const string LeastPerChunk = " word";

    /// <summary>Adds what the model wrote in a chunk in its SDK's own form.</summary>
    public static void AddTo(UsageAccumulator output, object chunk)
    {
        using JsonDocument? json = JsonOf(chunk);
        if (json is null)
        {
            output.AddText(LeastPerChunk);
            return;
        }

        JsonElement root = json.RootElement;
        WireFormat format = root.TryGetProperty("choices", out _) ? WireFormat.Chat
            : root.TryGetProperty("sequence_number", out _) ? WireFormat.Responses
            : WireFormat.Anthropic;
        AnswerText.AddTo(output, root, format);
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
