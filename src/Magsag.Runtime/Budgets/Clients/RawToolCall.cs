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
        using JsonDocument? json = RawJson.Of(chunk);
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
}
