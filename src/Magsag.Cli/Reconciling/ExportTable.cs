using System.Text;
using System.Text.Json;
using Microsoft.VisualBasic.FileIO;

namespace Magsag.Cli.Reconciling;

/// <summary>A usage export as rows, whether it is CSV or JSON.</summary>
/// <param name="Columns">The columns as the file names them.</param>
/// <param name="Rows">The rows.</param>
/// <param name="HasMore">True for one page of several.</param>
internal sealed record ExportTable(IReadOnlyList<string> Columns, IReadOnlyList<ExportRow> Rows, bool HasMore)
{
    private const int MostBytes = 256 * 1024 * 1024;

    // Where the reports of APIs hold their rows: buckets with results, or a list of them.
    private static readonly string[] Lists = ["data", "value", "results"];

    /// <exception cref="UnreadableInputException">The file can't be read, or is neither CSV nor JSON.</exception>
    public static ExportTable Read(string path)
    {
        byte[] content = InputBytes.Read(path, MostBytes) ?? throw new UnreadableInputException(path, 0, $"The file has more than {MostBytes} bytes; export fewer days.");
        ReadOnlyMemory<byte> text = content.AsMemory(ByteOrderMark.LengthIn(content));
        if (text.Span.IndexOf((byte)0) >= 0)
        {
            throw new UnreadableInputException(path, 1, "The file isn't text; expected the CSV or JSON of a usage export (unpack it first).");
        }

        int first = text.Span.IndexOfAnyExcept(" \t\r\n"u8);
        if (first < 0)
        {
            throw new UnreadableInputException(path, 1, "The file is empty; expected the CSV or JSON of a usage export.");
        }

        return text.Span[first] is (byte)'{' or (byte)'[' ? ReadJson(path, content, text) : ReadCsv(path, text);
    }

    private static ExportTable ReadCsv(string path, ReadOnlyMemory<byte> text)
    {
        using var stream = new MemoryStream(text.ToArray());
        using var parser = new TextFieldParser(stream, Encoding.UTF8) { Delimiters = [","], HasFieldsEnclosedInQuotes = true };
        try
        {
            string[] columns = parser.ReadFields() ?? [];
            string[] keys = [.. columns.Select(ExportRow.KeyOf)];
            if (keys.Where(static key => key.Length > 0).GroupBy(static key => key).FirstOrDefault(static group => group.Count() > 1) is { } twice)
            {
                throw new UnreadableInputException(path, 1, $"The column '{columns[Array.IndexOf(keys, twice.Key)]}' stands twice; expected the file as it was exported.");
            }

            var rows = new List<ExportRow>();
            while (!parser.EndOfData)
            {
                int line = (int)parser.LineNumber;
                string[] cells = parser.ReadFields()!;
                rows.Add(cells.Length == keys.Length
                    ? new ExportRow(path, line, keys.Zip(cells).Where(static cell => cell.First.Length > 0).ToDictionary(static cell => cell.First, static cell => cell.Second))
                    : throw new UnreadableInputException(path, line, $"The row has {cells.Length} cells, the header {keys.Length} columns; expected comma-separated values as they were exported."));
            }

            return new ExportTable(columns, rows, HasMore: false);
        }
        catch (MalformedLineException error)
        {
            throw new UnreadableInputException(path, (int)error.LineNumber, "The line isn't CSV: a quote isn't closed; export the file again.", error);
        }
    }

    private static ExportTable ReadJson(string path, byte[] content, ReadOnlyMemory<byte> text)
    {
        JsonScan.Check(content, (line, problem, error) => new UnreadableInputException(path, line, problem, error));
        using JsonDocument document = JsonDocument.Parse(text);
        var objects = new List<Dictionary<string, string>>();
        Collect(document.RootElement, [], objects, path);
        return new ExportTable(
            [.. objects.SelectMany(static cells => cells.Keys).Distinct(StringComparer.Ordinal)],
            [.. objects.Select(cells => new ExportRow(path, 0, cells.GroupBy(static cell => ExportRow.KeyOf(cell.Key)).ToDictionary(static cell => cell.Key, static cell => cell.Last().Value)))],
            document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("has_more", out JsonElement more) && more.ValueKind == JsonValueKind.True);
    }

    // A bucket's own members hold for each of its results.
    private static void Collect(JsonElement element, Dictionary<string, string> above, List<Dictionary<string, string>> rows, string path)
    {
        if (element.ValueKind == JsonValueKind.Array)
        {
            foreach (JsonElement item in element.EnumerateArray())
            {
                Collect(item, above, rows, path);
            }

            return;
        }

        if (element.ValueKind != JsonValueKind.Object)
        {
            throw new UnreadableInputException(path, 0, $"Expected objects with the figures of a usage report, found {Excerpt.From(element.GetRawText())}.");
        }

        JsonProperty[] members = [.. element.EnumerateObject()];
        JsonElement list = members.FirstOrDefault(static member => Lists.Contains(member.Name) && member.Value.ValueKind == JsonValueKind.Array).Value;
        var cells = new Dictionary<string, string>(above, StringComparer.Ordinal);
        AddCells(cells, "", members);
        if (list.ValueKind == JsonValueKind.Array)
        {
            Collect(list, cells, rows, path);
        }
        else
        {
            rows.Add(cells);
        }
    }

    private static void AddCells(Dictionary<string, string> cells, string prefix, IEnumerable<JsonProperty> members)
    {
        foreach (JsonProperty member in members)
        {
            string name = prefix + member.Name;
            switch (member.Value.ValueKind)
            {
                // Azure puts a row's figures into "properties".
                case JsonValueKind.Object: AddCells(cells, member.Name == "properties" ? prefix : name + "_", member.Value.EnumerateObject()); break;
                case JsonValueKind.Array or JsonValueKind.Null: break;
                case JsonValueKind.String: cells[name] = member.Value.GetString()!; break;
                default: cells[name] = member.Value.GetRawText(); break;
            }
        }
    }
}
