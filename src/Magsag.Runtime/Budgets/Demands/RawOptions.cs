using System.ClientModel.Primitives;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Magsag.Runtime.Budgets.Demands;

/// <summary>Options of a provider's own, as a <see cref="ChatOptions.RawRepresentationFactory"/> makes them: read where the SDK's objects can be written as JSON.</summary>
internal sealed class RawOptions
{
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
        return (same, From(made));
    }

    private static RawOptions From(object? made)
    {
        if (made is not IPersistableModel<object> model)
        {
            return new RawOptions();
        }

        try
        {
            BinaryData json = model.Write(ModelReaderWriterOptions.Json);
            using JsonDocument document = JsonDocument.Parse(json);
            RequestFacts facts = RequestFacts.Read(document.RootElement);
            return new RawOptions
            {
                Json = json.ToString(),
                Choices = facts.Choices,
                UsesKeptInput = facts.UsesKeptInput,
                HasMedia = facts.HasMedia,
                HostedTools = facts.HostedTools.Count + facts.OtherHostedTools,
            };
        }
        catch (Exception error) when (error is JsonException or FormatException or NotSupportedException or InvalidOperationException)
        {
            return new RawOptions();
        }
    }
}
