using System.Text.Encodings.Web;
using System.Text.Json;

namespace Magsag.Ledger.Files;

/// <summary>How Magsag writes JSON: letters of every script stay readable.</summary>
internal static class JsonFormat
{
    /// <summary>On one line.</summary>
    public static JsonWriterOptions Compact { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Indented, for files that people read, too.</summary>
    public static JsonWriterOptions Indented { get; } = Compact with { Indented = true };
}
