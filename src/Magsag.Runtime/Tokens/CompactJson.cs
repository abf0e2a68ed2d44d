using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Magsag.Runtime;

/// <summary>Arguments and results as they go over the wire: the defaults of Microsoft.Extensions.AI indent, which nobody sends.</summary>
internal static class CompactJson
{
    private static readonly JsonSerializerOptions Options = new(AIJsonUtilities.DefaultOptions) { WriteIndented = false };

    /// <summary>The JSON of a value; null when it can't be written, which is for the adapter to complain of.</summary>
    public static string? Of(object? value)
    {
        if (value is null)
        {
            return "";
        }

        try
        {
            return JsonSerializer.Serialize(value, Options);
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            return null;
        }
    }
}
