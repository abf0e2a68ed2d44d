using System.Text.Encodings.Web;

namespace Magsag.Cli.Html;

/// <summary>Text in an element or an attribute of HTML.</summary>
internal static class HtmlText
{
    public static string Encode(string text) => HtmlEncoder.Default.Encode(text);
}
