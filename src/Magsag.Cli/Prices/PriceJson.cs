using System.Text;
using System.Text.Json;

namespace Magsag.Cli.Prices;

/// <summary>A JSON price list that was read as a whole, and the lines on which its entries stand.</summary>
internal sealed class PriceJson
{
    /// <summary>The lists that are known stay under 4 MB.</summary>
    public const int MostBytes = 32 * 1024 * 1024;

    private const string Remedy = "Fetch the list again, or mend the line.";

    private readonly string _text;
    private int _counted;
    private int _line = 1;

    private PriceJson(string path, string text, JsonElement root)
    {
        Path = path;
        _text = text;
        Root = root;
    }

    public string Path { get; }

    public JsonElement Root { get; }

    /// <exception cref="UnreadableInputException">The file can't be opened, is too large, or isn't JSON.</exception>
    public static PriceJson Open(string path)
    {
        try
        {
            byte[] content = InputBytes.Read(path ?? throw new ArgumentNullException(nameof(path)), MostBytes)
                ?? throw new UnreadableInputException(path, 1, $"The file has more than {MostBytes} bytes; a price list has at most that many.");
            JsonScan.Check(content, (line, problem, error) => new UnreadableInputException(path, line, $"{problem} {Remedy}", error, ColumnOf(error)));
            ReadOnlyMemory<byte> json = content.AsMemory(ByteOrderMark.LengthIn(content));
            using JsonDocument document = JsonDocument.Parse(json);
            return new PriceJson(path, Encoding.UTF8.GetString(content), document.RootElement.Clone());
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UnreadableInputException(path!, 0, $"The file can't be opened: {error.Message}", error);
        }
    }

    /// <summary>The line of the next place where a text stands in quotes; entries have to be asked for in the order of the file.</summary>
    public int LineOf(string quoted)
    {
        int at = _text.IndexOf($"\"{quoted}\"", _counted, StringComparison.Ordinal);
        if (at < 0)
        {
            return _line;
        }

        for (; _counted < at; _counted++)
        {
            _line += _text[_counted] == '\n' ? 1 : 0;
        }

        return _line;
    }

    /// <summary>The first member that stands twice in an object, in it or below it: readers differ in which of the two they take.</summary>
    public static string? RepeatedMember(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => RepeatedName(value) ?? value.EnumerateObject().Select(static member => RepeatedMember(member.Value)).FirstOrDefault(static name => name is not null),
        JsonValueKind.Array => value.EnumerateArray().Select(RepeatedMember).FirstOrDefault(static name => name is not null),
        _ => null,
    };

    public UnreadableInputException Fault(int line, string problem) => new(Path, line, problem);

    private static int ColumnOf(Exception? error) => error is JsonException { BytePositionInLine: { } before } ? (int)before + 1 : 0;

    private static string? RepeatedName(JsonElement value)
    {
        HashSet<string> names = new(StringComparer.Ordinal);
        return value.EnumerateObject().Select(static member => member.Name).FirstOrDefault(name => !names.Add(name));
    }
}
