using System.Text;
using System.Text.Json;

namespace Magsag.Ledger.Files;

/// <summary>Goes through a JSON file once and refuses what would mislead whoever reads it: broken syntax, text that isn't Unicode, a member that stands twice in one object.</summary>
/// <remarks>Which of two members counts differs from one reader to the next, so neither does.</remarks>
internal static class JsonScan
{
    /// <summary>Files by hand may have comments and a comma too many.</summary>
    public static JsonReaderOptions Lenient { get; } = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <summary>The tokens of a file with their lines.</summary>
    /// <param name="content">The file's bytes; a byte order mark is read past.</param>
    /// <param name="fault">Makes the error for a line, a problem and what the parser said.</param>
    /// <exception cref="UnreadableInputException">The content misleads; made by <paramref name="fault"/>.</exception>
    public static List<JsonToken> Tokens(byte[] content, Func<int, string, Exception?, UnreadableInputException> fault)
    {
        List<JsonToken> tokens = [];
        var members = new OpenObjects();
        Scan(content, Lenient, fault, token =>
        {
            if (members.RepeatedBy(token) is { } twice)
            {
                throw fault(token.Line, $"The member '{Excerpt.From(twice)}' stands twice in one object; keep the one that is right.", null);
            }

            tokens.Add(token);
        });
        return tokens;
    }

    /// <summary>Goes through a file whose objects may repeat members.</summary>
    public static void Check(byte[] content, Func<int, string, Exception?, UnreadableInputException> fault) => Scan(content, default, fault, static _ => { });

    private static void Scan(byte[] content, JsonReaderOptions options, Func<int, string, Exception?, UnreadableInputException> fault, Action<JsonToken> take)
    {
        ReadOnlySpan<byte> rest = content.AsSpan(ByteOrderMark.LengthIn(content));
        var reader = new Utf8JsonReader(rest, options);
        int line = 1;
        int counted = 0;
        try
        {
            while (reader.Read())
            {
                int start = (int)reader.TokenStartIndex;
                line += LinesIn(rest.Slice(counted, start - counted));
                counted = start;
                take(new JsonToken(reader.TokenType, TextOf(ref reader), line));
            }
        }
        catch (JsonException error)
        {
            throw fault((int)(error.LineNumber ?? 0) + 1, $"The file isn't well-formed JSON: {LocatedJsonReader.WithoutPosition(error.Message)}", error);
        }
        catch (InvalidOperationException error)
        {
            throw fault(line, "Expected text in UTF-8, found bytes or \\u escapes that stand for no character; save the file as UTF-8.", error);
        }
    }

    private static string? TextOf(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.PropertyName or JsonTokenType.String => reader.GetString(),
        JsonTokenType.Number => Encoding.UTF8.GetString(reader.ValueSpan.ToArray()),
        _ => null,
    };

    private static int LinesIn(ReadOnlySpan<byte> text)
    {
        int lines = 0;
        foreach (byte character in text)
        {
            lines += character == (byte)'\n' ? 1 : 0;
        }

        return lines;
    }
}
