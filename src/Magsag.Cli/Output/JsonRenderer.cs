using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Magsag.Cli.Output;

/// <summary>Prints a report for programs: exact money, whole counts, times in UTC; what isn't known is left out.</summary>
internal static class JsonRenderer
{
    private static readonly JsonWriterOptions Options = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Render(Report report)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            if (report.IsList)
            {
                WriteRows(json, report.Tables[0]);
            }
            else
            {
                WriteObject(json, report);
            }
        }

        buffer.WriteByte((byte)'\n');
        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    private static void WriteObject(Utf8JsonWriter json, Report report)
    {
        json.WriteStartObject();
        foreach (Fact fact in report.Facts)
        {
            WriteMember(json, fact.Key, fact.Value);
        }

        foreach (Table table in report.Tables)
        {
            json.WritePropertyName(table.Key);
            WriteRows(json, table);
        }

        if (report.Notes.Count > 0)
        {
            json.WriteStartArray("notes");
            foreach (string note in report.Notes)
            {
                json.WriteStringValue(note);
            }

            json.WriteEndArray();
        }

        if (report.Foot is { } foot)
        {
            WriteMember(json, foot.Key, foot.Value);
        }

        json.WriteEndObject();
    }

    private static void WriteRows(Utf8JsonWriter json, Table table)
    {
        json.WriteStartArray();
        foreach (IReadOnlyList<object?> row in table.Rows)
        {
            json.WriteStartObject();
            for (int column = 0; column < table.Columns.Count; column++)
            {
                WriteMember(json, table.Columns[column].Key, row[column]);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteMember(Utf8JsonWriter json, string key, object? value)
    {
        switch (value)
        {
            case null: break;
            case decimal number: json.WriteNumber(key, ExactMoney.WithoutTrailingZeros(number)); break;
            case BoundedAmount amount: json.WriteNumber(key, ExactMoney.WithoutTrailingZeros(amount.Usd)); break;
            case long number: json.WriteNumber(key, number); break;
            case double number: json.WriteNumber(key, number); break;
            case bool flag: json.WriteBoolean(key, flag); break;
            case DateTimeOffset time: json.WriteString(key, time.UtcDateTime); break;
            case NameList list: WriteNames(json, key, list); break;
            default: json.WriteString(key, Convert.ToString(value, CultureInfo.InvariantCulture)); break;
        }
    }

    private static void WriteNames(Utf8JsonWriter json, string key, NameList list)
    {
        json.WriteStartArray(key);
        foreach (string name in list.Names)
        {
            json.WriteStringValue(name);
        }

        json.WriteEndArray();
    }
}
