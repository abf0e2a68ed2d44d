using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;

namespace Magsag.Cli.Html;

/// <summary>Builds a page. What stands in the holes of an interpolated text is encoded: names come from ledgers and may hold anything.</summary>
internal sealed class HtmlBuilder
{
    private readonly StringBuilder _page = new();

    /// <summary>Appends markup whose holes are encoded.</summary>
    public HtmlBuilder Add([InterpolatedStringHandlerArgument("")] ref MarkupHandler markup) => this;

    /// <summary>Appends markup as it is.</summary>
    public HtmlBuilder AddMarkup(string markup)
    {
        _page.Append(markup);
        return this;
    }

    public override string ToString() => _page.ToString();

    [InterpolatedStringHandler]
    internal readonly ref struct MarkupHandler
    {
        private readonly StringBuilder _page;

        public MarkupHandler(int literalLength, int formattedCount, HtmlBuilder builder) => _page = builder._page;

        public void AppendLiteral(string markup) => _page.Append(markup);

        public void AppendFormatted(string? text) => _page.Append(HtmlEncoder.Default.Encode(text ?? ""));

        public void AppendFormatted(NameText name) => name.WriteTo(_page);

        public void AppendFormatted(CostText cost) => cost.Write(this);

        public void AppendFormatted<T>(T value)
            where T : IFormattable => AppendFormatted(value.ToString(null, CultureInfo.InvariantCulture));
    }
}
