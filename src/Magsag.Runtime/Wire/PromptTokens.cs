using System.Text.Json;

namespace Magsag.Runtime;

/// <summary>Counts the input tokens of a request whose answer doesn't report them.</summary>
internal static class PromptTokens
{
    // What OpenAI puts around each message, and before the answer.
    private const int PerMessage = 3;

    private static readonly string[] TextMembers = ["content", "text", "input", "instructions", "system", "prompt", "arguments", "output", "thinking", "name", "description", "inputs"];
    // What stands elsewhere (pictures, files, an earlier conversation) can't be counted here.
    private static readonly string[] Opaque = ["previous_response_id", "conversation", "cachedContent", "image_url", "input_image", "image", "input_audio", "audio", "document", "file", "input_file", "inlineData", "inline_data", "fileData", "file_data", "images"];

    /// <summary>The tokens of a request; null when it can't be read, or holds pictures, sound or files, whose tokens nobody but the provider can count.</summary>
    public static long? Count(ReadOnlySpan<byte> request, TokenCounter counter)
    {
        try
        {
            var reader = new Utf8JsonReader(request);
            using JsonDocument document = JsonDocument.ParseValue(ref reader);
            var walk = new Walk(counter);
            walk.Visit(document.RootElement, isText: false, isTool: false);
            return walk.IsOpaque ? null : walk.Tokens;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private sealed class Walk(TokenCounter counter)
    {
        private long _tokens;
        private bool _hasMessages;

        public long Tokens => _tokens + (_hasMessages ? PerMessage : 0);

        public bool IsOpaque { get; private set; }

        public void Visit(JsonElement value, bool isText, bool isTool)
        {
            switch (value.ValueKind)
            {
                case JsonValueKind.Object:
                    VisitMembers(value, isTool);
                    break;
                case JsonValueKind.Array:
                    foreach (JsonElement item in value.EnumerateArray())
                    {
                        Visit(item, isText, isTool);
                    }

                    break;
                case JsonValueKind.String when isText || isTool:
                    _tokens += counter.Count(value.GetString());
                    break;
                case JsonValueKind.Number when isText:
                    // Embeddings take tokens as numbers.
                    _tokens++;
                    break;
                default:
                    break;
            }
        }

        private void VisitMembers(JsonElement parent, bool isTool)
        {
            foreach (JsonProperty member in parent.EnumerateObject())
            {
                IsOpaque |= !isTool && member.Value.ValueKind != JsonValueKind.Null && (Opaque.Contains(member.Name) || (member.Name == "type" && member.Value.ValueKind == JsonValueKind.String && Opaque.Contains(member.Value.GetString())));
                if (member.Name == "role")
                {
                    _tokens += PerMessage + 1;
                    _hasMessages = true;
                }

                if (isTool)
                {
                    _tokens += counter.Count(member.Name);
                }

                Visit(member.Value, TextMembers.Contains(member.Name), isTool || member.Name is "tools" or "functions");
            }
        }
    }
}
