using System.Net.ServerSentEvents;
using System.Text.Json;

namespace Magsag.Runtime;

/// <summary>Reads the events of a stream: server-sent ones, or one JSON text per line.</summary>
internal static class AnswerEvents
{
    // Above this, an event repeats the whole answer, of which only the usage matters.
    private const int LargeEvent = 8 * 1024;

    /// <summary>Reads all events of a text. One that can't be read is passed over.</summary>
    /// <param name="text">The text; an event may be cut at either end.</param>
    /// <param name="kind">How the events are written.</param>
    /// <param name="format">What they say.</param>
    /// <param name="answer">Takes what they say about billing.</param>
    /// <param name="tally">Takes what the model wrote; null when it isn't needed.</param>
    public static void Read(byte[] text, AnswerKind kind, WireFormat format, WireAnswer answer, TextTally? tally)
    {
        if (kind == AnswerKind.Lines)
        {
            ReadLines(text, format, answer, tally);
            return;
        }

        foreach (SseItem<bool> _ in SseParser.Create(new MemoryStream(text), (_, data) => Take(data, format, answer, tally)).Enumerate())
        {
        }
    }

    private static void ReadLines(ReadOnlySpan<byte> text, WireFormat format, WireAnswer answer, TextTally? tally)
    {
        // A line without its end was cut.
        foreach (Range line in text[..(text.LastIndexOf((byte)'\n') + 1)].Split((byte)'\n'))
        {
            Take(text[line], format, answer, tally);
        }
    }

    // What it returns says nothing: the parser wants something for each event.
    private static bool Take(ReadOnlySpan<byte> data, WireFormat format, WireAnswer answer, TextTally? tally)
    {
        data = data.Trim(" \t\r\n"u8);
        if (data.IsEmpty)
        {
            return false;
        }

        if (data.SequenceEqual("[DONE]"u8))
        {
            answer.ReadDone();
            return true;
        }

        using JsonDocument? document = tally is null && data.Length > LargeEvent ? JsonSkimmer.Skim(data) : Parse(data);
        if (document is null)
        {
            answer.ReadMalformed();
            return false;
        }

        answer.Read(document.RootElement);
        if (tally is not null)
        {
            AnswerText.AddTo(tally, document.RootElement, format);
        }

        return true;
    }

    private static JsonDocument? Parse(ReadOnlySpan<byte> data)
    {
        try
        {
            var reader = new Utf8JsonReader(data);
            return JsonDocument.ParseValue(ref reader);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
