using Microsoft.AspNetCore.Http;

namespace SupportDesk.Provider.Wire;

/// <summary>Turns away requests that carry no key, as the real API does. Any key is accepted.</summary>
internal static class ApiKeyCheck
{
    private const string Scheme = "Bearer ";

    public static Task RequireBearerAsync(HttpContext context, RequestDelegate next)
    {
        string? authorization = context.Request.Headers.Authorization;
        return authorization?.StartsWith(Scheme, StringComparison.Ordinal) == true && authorization.Length > Scheme.Length
            ? next(context)
            : ProviderError.NoKey().ExecuteAsync(context);
    }
}
