using Magsag.Pricing.Listings;

namespace Magsag.Pricing.Text;

/// <summary>Reads a part of a catalogue text line by line and knows where it stands.</summary>
internal sealed class CatalogLines(string text, string file, int start, int end, int firstLine)
{
    private int _position = start;

    public string File => file;

    /// <summary>The line that was read last, counted from 1.</summary>
    public int Line { get; private set; } = firstLine - 1;

    /// <summary>The words of the line that was read last.</summary>
    public string[] Words { get; private set; } = [];

    /// <summary>The text of the line that was read last, without indentation.</summary>
    public string Text { get; private set; } = "";

    /// <summary>Reads the next line that says something; false at the end.</summary>
    public bool Next()
    {
        while (_position < end)
        {
            int stop = text.IndexOf('\n', _position, end - _position);
            stop = stop < 0 ? end : stop;
            Text = text.Substring(_position, stop - _position).Trim();
            _position = stop + 1;
            Line++;
            if (Text.Length > 0 && Text[0] != '#')
            {
                Words = Text.Split(Separators, StringSplitOptions.RemoveEmptyEntries);
                return true;
            }
        }

        return false;
    }

    public PriceFormatException Fault(string problem) => new(file, Line, problem);

    private static readonly char[] Separators = [' '];
}
