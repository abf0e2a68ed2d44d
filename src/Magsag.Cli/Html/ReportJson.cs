using System.Text.Json.Serialization;

namespace Magsag.Cli.Html;

/// <summary>The charts as the page's script reads them.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ReportChart[]))]
internal sealed partial class ReportJson : JsonSerializerContext;
