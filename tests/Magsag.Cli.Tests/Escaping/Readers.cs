using System.Text.Json;
using System.Xml.Linq;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Markdig;
using Microsoft.VisualBasic.FileIO;

namespace Magsag.Cli.Tests.Escaping;

/// <summary>What others read in the tool's outputs.</summary>
internal static class Readers
{
    private static readonly MarkdownPipeline GitHub = new MarkdownPipelineBuilder().UsePipeTables().UseEmphasisExtras().UseAutoLinks().UseTaskLists().Build();

    public static IDocument Html(string text) => new HtmlParser().ParseDocument(text);

    public static IDocument Markdown(string text) => Html(Markdig.Markdown.ToHtml(text, GitHub));

    public static JsonElement Json(string text)
    {
        using JsonDocument document = JsonDocument.Parse(text);
        return document.RootElement.Clone();
    }

    public static XElement Xml(string text) => XDocument.Parse(text).Root!;

    public static IReadOnlyList<string[]> Csv(string text)
    {
        using var reader = new TextFieldParser(new StringReader(text)) { TextFieldType = FieldType.Delimited, Delimiters = [","], HasFieldsEnclosedInQuotes = true, TrimWhiteSpace = false };
        List<string[]> rows = [];
        while (!reader.EndOfData)
        {
            rows.Add(reader.ReadFields()!);
        }

        return rows;
    }

    /// <summary>How many there are of each element whose number says that a name broke out of its place.</summary>
    public static string Structure(IDocument page) =>
        string.Join(' ', page.All.GroupBy(static element => element.LocalName).Where(static group => group.Key is not ("code" or "wbr")).OrderBy(static group => group.Key, StringComparer.Ordinal).Select(static group => $"{group.Key}={group.Count()}"));
}
