using System.Text;
using System.Text.Encodings.Web;

namespace Magsag.Ledger.Lines;

/// <summary>Writes texts into ledger lines, as JSON escapes them.</summary>
internal static class LedgerText
{
    /// <summary>The most bytes that one character can take: <c>\u0001</c>.</summary>
    public const int MostBytesPerCharacter = 6;

    // The ledger holds no model output and is never embedded in HTML, so letters of every script stay readable.
    private static readonly JavaScriptEncoder Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;

#if NET
    private static readonly System.Buffers.SearchValues<char> Plain = System.Buffers.SearchValues.Create(
        " !#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]^_`abcdefghijklmnopqrstuvwxyz{|}~");

    /// <summary>Writes a text without its quotation marks; returns how many bytes it took.</summary>
    public static int Write(string text, Span<byte> target)
    {
        // Nearly every name is plain ASCII, which this finds out and copies many characters at a time.
        if (text.AsSpan().ContainsAnyExcept(Plain))
        {
            text = Encoder.Encode(text);
        }

        return Encoding.UTF8.GetBytes(text, target);
    }
#else
    /// <summary>Writes a text without its quotation marks; returns how many bytes it took.</summary>
    public static int Write(string text, Span<byte> target)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(Encoder.Encode(text));
        bytes.AsSpan().CopyTo(target);
        return bytes.Length;
    }
#endif
}
