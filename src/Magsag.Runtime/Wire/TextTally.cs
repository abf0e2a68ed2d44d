using System.Text;
using System.Text.Json;

namespace Magsag.Runtime;

/// <summary>Gathers text and counts its tokens, a large piece at a time, so that no answer is held whole.</summary>
internal sealed class TextTally(TokenCounter counter)
{
    private const int Piece = 256 * 1024;

    private readonly StringBuilder _text = new();
    private long _counted;

    /// <summary>Adds text that continues the text so far.</summary>
    public void Add(JsonElement text)
    {
        if (text.ValueKind == JsonValueKind.String)
        {
            _text.Append(text.GetString());
        }

        if (_text.Length >= Piece)
        {
            Count();
        }
    }

    /// <summary>The tokens of all text so far.</summary>
    public long Total()
    {
        Count();
        return _counted;
    }

    private void Count()
    {
        _counted += counter.Count(_text.ToString());
        _text.Clear();
    }
}
