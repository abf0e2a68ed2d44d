using System.Text.Json.Serialization;
using Magsag.Pricing.Tokens;

namespace Magsag.Storage.Schema;

/// <summary>Token counts as JSON, with the names of the ledger and without what is zero.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
    IgnoreReadOnlyProperties = true)]
[JsonSerializable(typeof(Usage))]
internal sealed partial class UsageJson : JsonSerializerContext;
