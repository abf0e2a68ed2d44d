using System.Text.Json;
using System.Text.Json.Serialization;
using Magsag.Gating;
using Magsag.Pricing;

namespace Magsag.Storage;

/// <summary>Counts that few calls have as one text: a JSON object with the names of the ledger.</summary>
internal static class ExtrasText
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
        IgnoreReadOnlyProperties = true,
    };

    public static string? Of(UsageExtras? extras) => extras is null ? null : JsonSerializer.Serialize(extras.Counts, Options);

    public static UsageExtras? Parse(string? text) => text is null ? null : UsageExtras.Of(JsonSerializer.Deserialize<Usage>(text, Options));
}
