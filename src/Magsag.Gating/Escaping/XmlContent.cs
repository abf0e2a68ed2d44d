using System.Text;
using System.Xml;
using Magsag.Ledger.Files;

namespace Magsag.Gating.Escaping;

/// <summary>Text that XML 1.0 can hold: it has no way to write a control character or half a character.</summary>
internal static class XmlContent
{
    private const char ControlPictures = '\u2400';
    private const char Unprintable = '\ufffd';

    public static string Escape(string text)
    {
        var allowed = new StringBuilder(text.Length);
        for (int index = 0; index < text.Length; index++)
        {
            char letter = text[index];
            bool isPart = char.IsSurrogate(letter) && !PlainText.IsHalf(text, index);
            allowed.Append(isPart || XmlConvert.IsXmlChar(letter) ? letter : letter < ' ' ? (char)(ControlPictures + letter) : Unprintable);
        }

        return allowed.ToString();
    }
}
