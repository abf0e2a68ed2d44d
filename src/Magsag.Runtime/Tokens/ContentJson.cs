using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Magsag.Runtime.Tokens;

/// <summary>Arguments and results of tools as JSON; null where they can't be written, which is for the adapter to complain of.</summary>
internal static class ContentJson
{
    private static readonly JsonSerializerOptions CompactOptions = new(AIJsonUtilities.DefaultOptions) { WriteIndented = false };

    /// <summary>Without white space, as models write them.</summary>
    public static string? Compact(object? value) => Write(value, CompactOptions);

    /// <summary>As adapters send them: with the defaults of Microsoft.Extensions.AI, which indent.</summary>
    public static string? AsSent(object? value) => Write(value, AIJsonUtilities.DefaultOptions);

    private static string? Write(object? value, JsonSerializerOptions options)
    {
        if (value is null)
        {
            return "";
        }

        try
        {
            return JsonSerializer.Serialize(value, options);
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            return null;
        }
    }
}
