using System.Net.ServerSentEvents;
using System.Text.Json;

namespace Magsag.Runtime.Wire;

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
    /// <param name="withText">Whether what the model wrote is needed, too.</param>
    public static void Read(byte[] text, AnswerKind kind, WireFormat format, WireAnswer answer, bool withText)
    {
        if (kind == AnswerKind.Lines)
        {
            ReadLines(text, format, answer, withText);
            return;
        }

        if (kind == AnswerKind.AwsEvents)
        {
            foreach (byte[] payload in AwsEvents.Payloads(text))
            {
                Take(payload, format, answer, withText);
            }

            return;
        }

        foreach (SseItem<bool> _ in SseParser.Create(new MemoryStream(text), (_, data) => Take(data, format, answer, withText)).Enumerate())
        {
        }
    }

    private static void ReadLines(ReadOnlySpan<byte> text, WireFormat format, WireAnswer answer, bool withText)
    {
        // A line without its end was cut.
        for (int end; (end = text.IndexOf((byte)'\n')) >= 0; text = text[(end + 1)..])
        {
            Take(text[..end], format, answer, withText);
        }
    }

    // What it returns says nothing: the parser wants something for each event.
    private static bool Take(ReadOnlySpan<byte> data, WireFormat format, WireAnswer answer, bool withText)
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

        try
        {
            using JsonDocument? document = !withText && data.Length > LargeEvent ? JsonSkimmer.Skim(data) : Parse(data);
            if (document is not null)
            {
                answer.Read(document.RootElement);
                if (withText)
                {
                    AnswerText.AddTo(answer.Used, document.RootElement, format);
                }

                return true;
            }
        }
        catch (Exception error) when (IsUnreadable(error))
        {
        }

        answer.ReadMalformed();
        return false;
    }

    /// <summary>Whether an error says that a JSON text holds what can't be read: half a character, a number that is none.</summary>
    public static bool IsUnreadable(Exception error) => error is JsonException or InvalidOperationException or FormatException or OverflowException;

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
