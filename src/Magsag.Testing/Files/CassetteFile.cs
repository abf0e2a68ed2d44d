using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Magsag.Ledger.Files;

namespace Magsag.Testing.Files;

/// <summary>Reads and writes cassettes: JSON in one canonical form, so that the same calls are the same bytes.</summary>
internal static class CassetteFile
{
    /// <summary>The version of the format that this type writes and reads.</summary>
    public const int FormatVersion = 1;

    /// <summary>A larger file isn't read.</summary>
    public const long LargestFile = 64 * 1024 * 1024;

    private const int Depth = 64;
    private const string Remedy = "Restore it from version control, or record again: MAGSAG_CASSETTES=record dotnet test";

    // Merged branches may leave a comma behind.
    private static readonly JsonDocumentOptions Reading = new() { MaxDepth = Depth, AllowTrailingCommas = true };
    private static readonly JsonWriterOptions Writing = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Reads a cassette; empty when there is no such file.</summary>
    /// <exception cref="UnreadableInputException">It can't be read, or isn't a cassette.</exception>
    public static IReadOnlyList<CassetteEntry> Read(string path)
    {
        var file = new FileInfo(path);
        if (!file.Exists)
        {
            return [];
        }

        if (file.Length > LargestFile)
        {
            throw new UnreadableInputException(path, 0, FormattableString.Invariant($"The cassette has {file.Length:#,##0} bytes; expected at most {LargestFile:#,##0}. {Remedy}"));
        }

        try
        {
            return Parse(path, File.ReadAllBytes(path));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UnreadableInputException(path, 0, $"The cassette can't be opened: {error.Message}", error);
        }
    }

    /// <summary>Parses a cassette's text.</summary>
    /// <exception cref="UnreadableInputException">It isn't a cassette.</exception>
    public static IReadOnlyList<CassetteEntry> Parse(string path, ReadOnlySpan<byte> text)
    {
        try
        {
            text = text.StartsWith(Encoding.UTF8.Preamble) ? text[Encoding.UTF8.Preamble.Length..] : text;
            return Calls(path, LineText.FromLines(JsonNode.Parse(text, null, Reading)));
        }
        catch (JsonException error)
        {
            throw new UnreadableInputException(path, (int)(error.LineNumber ?? -1) + 1, $"The cassette isn't JSON: {error.Message} {Remedy}", error);
        }
        catch (Exception error) when (error is ArgumentException or InvalidOperationException or FormatException)
        {
            throw new UnreadableInputException(path, 0, $"The cassette has a member twice, or one of another kind than expected: {error.Message} {Remedy}", error);
        }
    }

    /// <summary>The text of a cassette.</summary>
    public static byte[] ToBytes(IEnumerable<CassetteEntry> calls)
    {
        var json = new JsonObject
        {
            ["magsag_cassette"] = FormatVersion,
            ["calls"] = new JsonArray([.. calls.OrderBy(static call => call.Key, StringComparer.Ordinal).ThenBy(static call => call.Number).Select(ToJson)]),
        };
        using var bytes = new MemoryStream();
        using (var writer = new Utf8JsonWriter(bytes, Writing))
        {
            LineText.ToLines(json)!.WriteTo(writer);
        }

        // A raw CR can only stand between members.
        return Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length).Replace("\r\n", "\n", StringComparison.Ordinal) + "\n");
    }

    private static JsonObject ToJson(CassetteEntry call)
    {
        var json = new JsonObject { ["key"] = call.Key, ["n"] = call.Number, ["format"] = call.Format };
        if (call.Provider is not null)
        {
            json["provider"] = call.Provider;
        }

        json["request"] = call.Request.DeepClone();
        json["status"] = call.Status;
        json["answer"] = call.Answer.DeepClone();
        if (call.Cache != default)
        {
            json["provider_cache"] = new JsonObject { ["read"] = call.Cache.Read, ["written"] = call.Cache.Written };
        }

        return json;
    }

    private static List<CassetteEntry> Calls(string path, JsonNode? json)
    {
        if (json is not JsonObject file || Pieces.Count(file, "magsag_cassette") != FormatVersion || file["calls"] is not JsonArray calls)
        {
            throw new UnreadableInputException(path, 1, $"Expected a cassette: an object with \"magsag_cassette\": {FormatVersion} and \"calls\". {Remedy}");
        }

        List<CassetteEntry> read = [];
        HashSet<(string, int, string)> known = [];
        foreach (JsonObject call in calls.OfType<JsonObject>())
        {
            CassetteEntry entry = FromJson(call) ?? throw new UnreadableInputException(path, 0, $"Call {read.Count + 1} of the cassette lacks its key, number, format, request, status or answer. {Remedy}");

            // Two branches may have recorded the same call.
            if (known.Add((entry.Key, entry.Number, entry.Format)))
            {
                read.Add(entry);
            }
        }

        return read;
    }

    private static CassetteEntry? FromJson(JsonObject call)
    {
        long number = Pieces.Count(call, "n");
        long status = Pieces.Count(call, "status");
        return CanonicalJson.Text(call["key"]) is { } key && CanonicalJson.Text(call["format"]) is { } format && number is > 0 and < int.MaxValue && status is >= 100 and < 600 && call["request"] is JsonObject request && call["answer"] is JsonObject answer
            ? new CassetteEntry(key, (int)number, format, (JsonObject)request.DeepClone(), (int)status, (JsonObject)answer.DeepClone())
            {
                Provider = CanonicalJson.Text(call["provider"]),
                Cache = new ProviderCache(Pieces.Count(call["provider_cache"], "read"), Pieces.Count(call["provider_cache"], "written")),
            }
            : null;
    }
}
