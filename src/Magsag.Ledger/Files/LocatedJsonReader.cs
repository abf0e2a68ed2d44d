using System.Globalization;
using System.Text.Json;
using Magsag.Ledger.Figures;

namespace Magsag.Ledger.Files;

/// <summary>Reads a JSON file member by member and says of each fault in which file and line it stands.</summary>
internal sealed class LocatedJsonReader
{
    // A summary of millions of runs; beyond it memory ends on most machines.
    private const int MostBytes = 1024 * 1024 * 1024;

    private readonly string _path;
    private readonly string _remedy;
    private readonly IReadOnlyList<JsonToken> _tokens;
    private int _next;

    private LocatedJsonReader(string path, string remedy, byte[] content)
    {
        _path = path;
        _remedy = remedy;
        _tokens = JsonScan.Tokens(content, FaultAt);
    }

    /// <summary>The line of the token that was read last, counted from 1.</summary>
    public int Line { get; private set; }

    /// <summary>Opens a file and checks that it is well-formed JSON, that all text in it is Unicode, and that no member stands twice in one object.</summary>
    /// <param name="path">The file.</param>
    /// <param name="remedy">What the user can do about a file that can't be read; ends every error.</param>
    /// <exception cref="UnreadableInputException">The file can't be opened or isn't such JSON.</exception>
    public static LocatedJsonReader Open(string path, string remedy)
    {
        byte[]? content;
        try
        {
            content = InputBytes.Read(path, MostBytes);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UnreadableInputException(path, 0, $"The file can't be opened: {error.Message} {remedy}", error);
        }

        return content is null
            ? throw new UnreadableInputException(path, 0, $"The file has more than {MostBytes} bytes. {remedy}")
            : Parse(path, content, remedy);
    }

    /// <summary>Checks that what was read of a file is well-formed JSON.</summary>
    /// <inheritdoc cref="Open"/>
    public static LocatedJsonReader Parse(string path, byte[] content, string remedy) => new(path, remedy, content);

    public void ReadStartObject(string what) => Expect(JsonTokenType.StartObject, $"{what} (a JSON object)");

    public void ReadStartArray(string what) => Expect(JsonTokenType.StartArray, $"{what} (a JSON array)");

    /// <summary>Reads the next member's name; null at the object's end.</summary>
    public string? ReadMember()
    {
        JsonToken token = Next();
        return token.Type == JsonTokenType.PropertyName ? token.Text : null;
    }

    /// <summary>True, and nothing consumed, while another object follows in an array; consumes the array's end else.</summary>
    public bool AtNextElement()
    {
        if (_tokens[_next].Type != JsonTokenType.EndArray)
        {
            return true;
        }

        Next();
        return false;
    }

    public string ReadText() => Expect(JsonTokenType.String, "a text").Text!;

    public bool ReadFlag()
    {
        JsonToken token = Next();
        return token.Type switch
        {
            JsonTokenType.True => true,
            JsonTokenType.False => false,
            _ => throw Fault($"Expected true or false, found {Describe(token)}."),
        };
    }

    public long ReadCount() => ReadCount(FigureBounds.MostCount);

    /// <summary>A number of lines, or the number of a line.</summary>
    public int ReadLines() => (int)ReadCount(int.MaxValue);

    private long ReadCount(long most)
    {
        JsonToken token = Expect(JsonTokenType.Number, "a whole number of 0 or more");
        return long.TryParse(token.Text, NumberStyles.None, CultureInfo.InvariantCulture, out long count) && count <= most
            ? count
            : throw Fault(FormattableString.Invariant($"Expected a whole number from 0 to {most}, found {Excerpt.From(token.Text!)}."));
    }

    /// <summary>An amount of money; it is negative where corrections take back more than is known.</summary>
    public decimal ReadAmount()
    {
        JsonToken token = Expect(JsonTokenType.Number, "an amount of money");
        return decimal.TryParse(token.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal amount) && Math.Abs(amount) <= FigureBounds.MostUsd
            ? amount
            : throw Fault(FormattableString.Invariant($"Expected an amount of money of at most {FigureBounds.MostUsd}, found {Excerpt.From(token.Text!)}."));
    }

    public decimal ReadMeasure()
    {
        JsonToken token = Expect(JsonTokenType.Number, "a number of 0 or more");
        return decimal.TryParse(token.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal measure) && measure is >= 0m and <= FigureBounds.MostCount
            ? measure
            : throw Fault(FormattableString.Invariant($"Expected a number from 0 to {FigureBounds.MostCount}, found {Excerpt.From(token.Text!)}."));
    }

    public DateTimeOffset ReadTime()
    {
        string text = ReadText();
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time) && FigureBounds.IsCredible(time)
            ? time
            : throw Fault($"Expected a time such as 2026-11-23T18:00:00Z, from 1970 to 2999, found '{Excerpt.From(text)}'.");
    }

    /// <summary>Passes over one value, whatever it is.</summary>
    public void Skip()
    {
        int depth = 0;
        do
        {
            depth += Next().Type switch
            {
                JsonTokenType.StartObject or JsonTokenType.StartArray => 1,
                JsonTokenType.EndObject or JsonTokenType.EndArray => -1,
                _ => 0,
            };
        }
        while (depth > 0);
    }

    public UnreadableInputException Fault(string problem) => FaultAt(Line, problem);

    /// <summary>A fault in a line that was read before.</summary>
    public UnreadableInputException FaultAt(int line, string problem, Exception? error = null) => new(_path, line, $"{problem} {_remedy}", error);

    // System.Text.Json appends the position, counted from 0, which would contradict the line that the error names.
    internal static string WithoutPosition(string message)
    {
        int position = message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return position < 0 ? message : message.Substring(0, position);
    }

    private JsonToken Next()
    {
        if (_next == _tokens.Count)
        {
            throw Fault("The file ends too early.");
        }

        JsonToken token = _tokens[_next++];
        Line = token.Line;
        return token;
    }

    private JsonToken Expect(JsonTokenType type, string what)
    {
        JsonToken token = Next();
        return token.Type == type ? token : throw Fault($"Expected {what}, found {Describe(token)}.");
    }

    private static string Describe(JsonToken token) => token.Type switch
    {
        JsonTokenType.String => $"'{Excerpt.From(token.Text!)}'",
        JsonTokenType.Number => Excerpt.From(token.Text!),
        JsonTokenType.StartObject => "an object",
        JsonTokenType.StartArray => "a list",
        JsonTokenType.Null => "null",
        JsonTokenType.True => "true",
        JsonTokenType.False => "false",
        _ => "the end",
    };
}
