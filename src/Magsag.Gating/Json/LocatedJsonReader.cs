using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Magsag.Gating;

/// <summary>Reads a JSON file member by member and says of each fault in which file and line it stands.</summary>
internal sealed class LocatedJsonReader
{
    private readonly string _path;
    private readonly string _remedy;
    private readonly List<Token> _tokens = [];
    private int _next;

    private LocatedJsonReader(string path, string remedy)
    {
        _path = path;
        _remedy = remedy;
    }

    /// <summary>The line of the token that was read last, counted from 1.</summary>
    public int Line { get; private set; }

    /// <summary>Opens a file and checks that it is well-formed JSON.</summary>
    /// <param name="path">The file.</param>
    /// <param name="remedy">What the user can do about a file that can't be read; ends every error.</param>
    /// <exception cref="UnreadableInputException">The file can't be opened or isn't JSON.</exception>
    public static LocatedJsonReader Open(string path, string remedy)
    {
        byte[] content;
        try
        {
            content = File.ReadAllBytes(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UnreadableInputException(path, 0, $"The file can't be opened: {error.Message} {remedy}", error);
        }

        return Of(path, content, remedy);
    }

    /// <summary>Checks that what was read of a file is well-formed JSON.</summary>
    /// <inheritdoc cref="Open"/>
    public static LocatedJsonReader Of(string path, byte[] content, string remedy)
    {
        var located = new LocatedJsonReader(path, remedy);
        located.Tokenise(content);
        return located;
    }

    public void ReadStartObject(string what) => Expect(JsonTokenType.StartObject, $"{what} (a JSON object)");

    public void ReadStartArray(string what) => Expect(JsonTokenType.StartArray, $"{what} (a JSON array)");

    /// <summary>Reads the next member's name; null at the object's end.</summary>
    public string? ReadMember()
    {
        Token token = Next();
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
        Token token = Next();
        return token.Type switch
        {
            JsonTokenType.True => true,
            JsonTokenType.False => false,
            _ => throw Fault($"Expected true or false, found {Describe(token)}."),
        };
    }

    public long ReadCount()
    {
        Token token = Expect(JsonTokenType.Number, "a whole number of 0 or more");
        return long.TryParse(token.Text, NumberStyles.None, CultureInfo.InvariantCulture, out long count)
            ? count
            : throw Fault($"Expected a whole number of 0 or more, found {token.Text}.");
    }

    /// <summary>An amount of money; it is negative where corrections take back more than is known.</summary>
    public decimal ReadAmount()
    {
        Token token = Expect(JsonTokenType.Number, "an amount of money");
        return decimal.TryParse(token.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal amount)
            ? amount
            : throw Fault($"Expected an amount of money, found {token.Text}.");
    }

    public decimal ReadMeasure()
    {
        Token token = Expect(JsonTokenType.Number, "a number of 0 or more");
        return decimal.TryParse(token.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal measure) && measure is >= 0m and <= long.MaxValue
            ? measure
            : throw Fault($"Expected a number of 0 or more, found {token.Text}.");
    }

    public DateTimeOffset ReadTime()
    {
        string text = ReadText();
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time)
            ? time
            : throw Fault($"Expected a time such as 2026-11-23T18:00:00Z, found '{text}'.");
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

    public UnreadableInputException Fault(string problem) => new(_path, Line, $"{problem} {_remedy}");

    private void Tokenise(byte[] content)
    {
        ReadOnlySpan<byte> rest = content.AsSpan(ByteOrderMark.LengthIn(content));
        var reader = new Utf8JsonReader(rest, new JsonReaderOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
        int line = 1;
        int counted = 0;
        try
        {
            while (reader.Read())
            {
                int start = (int)reader.TokenStartIndex;
                line += Count(rest.Slice(counted, start - counted));
                counted = start;
                _tokens.Add(new Token(reader.TokenType, TextOf(ref reader), line));
            }
        }
        catch (JsonException error)
        {
            throw new UnreadableInputException(_path, (int)(error.LineNumber ?? 0) + 1, $"The file isn't well-formed JSON: {WithoutPosition(error.Message)} {_remedy}", error);
        }
    }

    private static string? TextOf(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.PropertyName or JsonTokenType.String => reader.GetString(),
        JsonTokenType.Number => Encoding.UTF8.GetString(reader.ValueSpan.ToArray()),
        _ => null,
    };

    private static int Count(ReadOnlySpan<byte> text)
    {
        int lines = 0;
        foreach (byte character in text)
        {
            lines += character == (byte)'\n' ? 1 : 0;
        }

        return lines;
    }

    // System.Text.Json appends the position, counted from 0, which would contradict the line that the error names.
    internal static string WithoutPosition(string message)
    {
        int position = message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return position < 0 ? message : message.Substring(0, position);
    }

    private Token Next()
    {
        if (_next == _tokens.Count)
        {
            throw Fault("The file ends too early.");
        }

        Token token = _tokens[_next++];
        Line = token.Line;
        return token;
    }

    private Token Expect(JsonTokenType type, string what)
    {
        Token token = Next();
        return token.Type == type ? token : throw Fault($"Expected {what}, found {Describe(token)}.");
    }

    private static string Describe(Token token) => token.Type switch
    {
        JsonTokenType.String => $"'{token.Text}'",
        JsonTokenType.Number => token.Text!,
        JsonTokenType.StartObject => "an object",
        JsonTokenType.StartArray => "a list",
        JsonTokenType.Null => "null",
        JsonTokenType.True => "true",
        JsonTokenType.False => "false",
        _ => "the end",
    };

    private readonly record struct Token(JsonTokenType Type, string? Text, int Line);
}
