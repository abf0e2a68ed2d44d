using Microsoft.AspNetCore.Http;

namespace SupportDesk.Provider.Wire;

/// <summary>Errors in the shape of OpenAI's API: <c>{"error":{"message","type","param","code"}}</c>.</summary>
internal static class ProviderError
{
    private const string InvalidRequest = "invalid_request_error";

    public static IResult NoKey() =>
        Create(StatusCodes.Status401Unauthorized, "You didn't provide an API key.", InvalidRequest, null, null);

    public static IResult UnknownRoute(HttpRequest request) =>
        Create(StatusCodes.Status404NotFound, $"Invalid URL ({request.Method} {request.Path})", InvalidRequest, null, null);

    public static IResult UnknownModel(string model) =>
        Create(StatusCodes.Status404NotFound, $"The model `{model}` does not exist or you do not have access to it.", InvalidRequest, null, "model_not_found");

    public static IResult BadValue(string parameter, string expected) =>
        Create(StatusCodes.Status400BadRequest, $"Invalid value for '{parameter}': expected {expected}.", InvalidRequest, parameter, "invalid_value");

    public static IResult Unreadable() =>
        Create(StatusCodes.Status400BadRequest, "We could not parse the JSON body of your request.", InvalidRequest, null, null);

    private static IResult Create(int status, string message, string type, string? parameter, string? code) =>
        TypedResults.Json(
            new { error = new { message, type, param = parameter, code } },
            WireJson.WithNulls,
            statusCode: status);
}
