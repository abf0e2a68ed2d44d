using System.Text;
using System.Text.Json;

namespace Magsag.Gating;

/// <summary>A JSON price list that was read as a whole, and the lines on which its entries stand.</summary>
internal sealed class PriceJson
{
    /// <summary>The lists that are known stay under 4 MB.</summary>
    public const int MostBytes = 32 * 1024 * 1024;

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
            long length = new FileInfo(path ?? throw new ArgumentNullException(nameof(path))).Length;
            if (length > MostBytes)
            {
                throw new UnreadableInputException(path, 1, $"The file has {length} bytes; a price list has at most {MostBytes}.");
            }

            string text = File.ReadAllText(path, Encoding.UTF8);
            using JsonDocument document = JsonDocument.Parse(text);
            return new PriceJson(path, text, document.RootElement.Clone());
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UnreadableInputException(path!, 0, $"The file can't be opened: {error.Message}", error);
        }
        catch (JsonException error)
        {
            throw new UnreadableInputException(path!, (int)(error.LineNumber ?? 0) + 1, "The file isn't well-formed JSON.", error, (int)(error.BytePositionInLine ?? 0) + 1);
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

    public UnreadableInputException Fault(int line, string problem) => new(Path, line, problem);
}
