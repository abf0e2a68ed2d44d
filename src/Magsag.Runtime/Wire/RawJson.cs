using System.ClientModel.Primitives;
using System.Text.Json;

namespace Magsag.Runtime.Wire;

/// <summary>Finds the JSON that an SDK's own object was read from: clients of System.ClientModel can write it, Anthropic's print it.</summary>
internal static class RawJson
{
    /// <summary>The JSON; null where the object can't be written as any.</summary>
    public static JsonDocument? Of(object? raw)
    {
        try
        {
            return raw switch
            {
                null => null,
                IPersistableModel<object> model => JsonDocument.Parse(model.Write(ModelReaderWriterOptions.Json)),
                _ when raw.ToString() is ['{', ..] text => JsonDocument.Parse(text),
                _ => null,
            };
        }
        catch (Exception error) when (error is JsonException or FormatException or NotSupportedException or InvalidOperationException)
        {
            return null;
        }
    }
}
