using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;

namespace SupportDesk.Provider.Wire;

/// <summary>How requests and replies are written as JSON: snake_case, with or without the members that are null.</summary>
internal static class WireJson
{
    public static readonly JsonSerializerOptions WithNulls = Create(JsonIgnoreCondition.Never);

    public static readonly JsonSerializerOptions WithoutNulls = Create(JsonIgnoreCondition.WhenWritingNull);

    /// <summary>Reads the body of a request; null when it isn't JSON of the expected shape.</summary>
    public static async Task<T?> ReadAsync<T>(HttpRequest request)
        where T : class
    {
        try
        {
            return await JsonSerializer.DeserializeAsync<T>(request.Body, WithoutNulls, request.HttpContext.RequestAborted);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static JsonSerializerOptions Create(JsonIgnoreCondition ignoreCondition) => new(JsonSerializerDefaults.Web)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = ignoreCondition,
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
    };
}
