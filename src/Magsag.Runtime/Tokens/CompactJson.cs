using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Magsag.Runtime;

/// <summary>Arguments and results as they go over the wire: the defaults of Microsoft.Extensions.AI indent, which nobody sends.</summary>
internal static class CompactJson
{
    private static readonly JsonSerializerOptions Options = new(AIJsonUtilities.DefaultOptions) { WriteIndented = false };

    public static string Of(object? value) => value is null ? "" : JsonSerializer.Serialize(value, Options);
}
