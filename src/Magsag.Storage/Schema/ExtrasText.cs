using System.Text.Json;
using Magsag.Ledger.Records;

namespace Magsag.Storage.Schema;

/// <summary>Counts that few calls have as one text: a JSON object with the names of the ledger.</summary>
internal static class ExtrasText
{
    public static string? Write(UsageExtras? extras) => extras is null ? null : JsonSerializer.Serialize(extras.Counts, UsageJson.Default.Usage);

    public static UsageExtras? Parse(string? text) => text is null ? null : UsageExtras.Of(JsonSerializer.Deserialize(text, UsageJson.Default.Usage));
}
