using System.Text;
using System.Text.Encodings.Web;

namespace Magsag.Cli.Html;

/// <summary>A name from a ledger: a long one may break after the characters that part it, not within its words.</summary>
internal readonly record struct NameText(string Name)
{
    private const int Short = 24;
    private const string Parting = "/\\.:_-,";

    public void WriteTo(StringBuilder page)
    {
        if (string.IsNullOrWhiteSpace(Name))
        {
            page.Append("(without a name)");
            return;
        }

        if (Name.Length <= Short)
        {
            page.Append(HtmlEncoder.Default.Encode(Name));
            return;
        }

        int begin = 0;
        for (int index = Name.AsSpan(begin).IndexOfAny(Parting); index >= 0; index = Name.AsSpan(begin).IndexOfAny(Parting))
        {
            page.Append(HtmlEncoder.Default.Encode(Name.Substring(begin, index + 1))).Append("<wbr>");
            begin += index + 1;
        }

        page.Append(HtmlEncoder.Default.Encode(Name[begin..]));
    }
}
