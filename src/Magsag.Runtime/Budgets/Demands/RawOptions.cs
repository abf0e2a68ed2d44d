using System.ClientModel.Primitives;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Magsag.Runtime;

/// <summary>Options of a provider's own, as a <see cref="ChatOptions.RawRepresentationFactory"/> makes them: read where the SDK's objects can be written as JSON.</summary>
internal sealed class RawOptions
{
    private static readonly string[] KeptByProvider = ["previous_response_id", "conversation", "prompt", "thread_id", "assistant_id", "cached_content", "container"];
    private static readonly string[] OwnTools = ["function", "custom"];

    private RawOptions()
    {
    }

    /// <summary>The JSON that they are sent as; null when it can't be known.</summary>
    public string? Json { get; private init; }

    /// <summary>How many answers are asked for.</summary>
    public int Choices { get; private init; } = 1;

    /// <summary>Whether the provider adds input that it keeps: a conversation, a stored prompt.</summary>
    public bool UsesKeptInput { get; private init; }

    /// <summary>Whether the answer can hold other things than text.</summary>
    public bool HasMedia { get; private init; }

    /// <summary>How many tools run at the provider.</summary>
    public int HostedTools { get; private init; }

    /// <summary>Reads what a factory makes; options with a factory that hands on what was read, so that what was seen is what is sent.</summary>
    public static (ChatOptions Options, RawOptions Raw) Read(ChatOptions options, IChatClient client)
    {
        Func<IChatClient, object?> factory = options.RawRepresentationFactory!;
        object? made = factory(client);
        ChatOptions same = options.Clone();
        same.RawRepresentationFactory = inner => Interlocked.Exchange(ref made, null) ?? factory(inner);
        return (same, Of(made));
    }

    private static RawOptions Of(object? made)
    {
        if (made is not IPersistableModel<object> model)
        {
            return new RawOptions();
        }

        try
        {
            BinaryData json = model.Write(ModelReaderWriterOptions.Json);
            using JsonDocument document = JsonDocument.Parse(json);
            JsonElement root = document.RootElement;
            return new RawOptions
            {
                Json = json.ToString(),
                Choices = WireAnswer.Child(root, "n") is { ValueKind: JsonValueKind.Number } n && n.TryGetInt32(out int choices) ? Math.Max(1, choices) : 1,
                UsesKeptInput = KeptByProvider.Any(name => WireAnswer.Child(root, name) is not null),
                HasMedia = WireAnswer.Child(root, "modalities") is not null || WireAnswer.Child(root, "audio") is not null,
                HostedTools = WireAnswer.Items(root, "tools").Count(static tool => WireAnswer.Text(tool, "type") is { } type && !OwnTools.Contains(type)) + (WireAnswer.Child(root, "web_search_options") is null ? 0 : 1),
            };
        }
        catch (Exception error) when (error is JsonException or FormatException or NotSupportedException or InvalidOperationException)
        {
            return new RawOptions();
        }
    }
}
