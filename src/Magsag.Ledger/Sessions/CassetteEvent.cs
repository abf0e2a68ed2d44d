using System.Text;
using System.Text.Json;
using Magsag.Ledger.Files;

namespace Magsag.Ledger.Sessions;

/// <summary>What happened with a cassette while tests ran: a call was played, its prompt had changed, or the cassette lacked it. One line of a file beside the session's ledger.</summary>
/// <param name="Kind"><see cref="Played"/>, <see cref="Drifted"/> or <see cref="Missed"/>.</param>
/// <param name="File">The cassette's file name.</param>
/// <param name="Key">The recorded call's key; null for a call that isn't recorded.</param>
/// <param name="Number">Which of the equal calls it was, from 1.</param>
internal sealed record CassetteEvent(string Kind, string File, string? Key, int Number)
{
    public const string Played = "played";
    public const string Drifted = "drifted";
    public const string Missed = "missed";

    /// <summary>The test; null outside any.</summary>
    public string? Test { get; init; }

    /// <summary>What was found, in words: figures and names, no prompt.</summary>
    public string? Text { get; init; }

    /// <summary>Where a session's events stand.</summary>
    /// <param name="ledgerDirectory">The directory of the session's ledger files.</param>
    /// <param name="session">The session.</param>
    public static string PathOf(string ledgerDirectory, Guid session) => Path.Combine(ledgerDirectory, session.ToString("D") + ".cassettes");

    /// <summary>Reads the events of a session; none when there is no such file. A last line that was cut is passed over.</summary>
    /// <exception cref="UnreadableInputException">The file can't be read.</exception>
    public static IReadOnlyList<CassetteEvent> Read(string path)
    {
        if (!System.IO.File.Exists(path))
        {
            return [];
        }

        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var reader = new StreamReader(file, Encoding.UTF8);
            List<CassetteEvent> events = [];
            while (reader.ReadLine() is { } line)
            {
                if (Parse(line) is { } read)
                {
                    events.Add(read);
                }
            }

            return events;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UnreadableInputException(path, 0, $"What happened with cassettes can't be read: {error.Message} Run the tests again.", error);
        }
    }

    /// <summary>The event as a line.</summary>
    public byte[] ToLine()
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("kind", Kind);
            json.WriteString("file", File);
            json.WriteNumber("n", Number);
            WriteKnown(json, "key", Key);
            WriteKnown(json, "test", Test);
            WriteKnown(json, "text", Text);
            json.WriteEndObject();
        }

        buffer.WriteByte((byte)'\n');
        return buffer.ToArray();
    }

    private static void WriteKnown(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
        {
            json.WriteString(name, value);
        }
    }

    private static CassetteEvent? Parse(string line)
    {
        try
        {
            using JsonDocument json = JsonDocument.Parse(line);
            JsonElement root = json.RootElement;
            return Text(root, "kind") is { } kind && Text(root, "file") is { } file
                ? new CassetteEvent(kind, file, Text(root, "key"), root.TryGetProperty("n", out JsonElement number) && number.TryGetInt32(out int n) ? n : 0) { Test = Text(root, "test"), Text = Text(root, "text") }
                : null;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            return null;
        }

        static string? Text(JsonElement root, string name) => root.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
    }
}
