using Magsag.Runtime;
using Microsoft.AspNetCore.Http;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Takes cost scopes over from other services.</summary>
public static class CostScopeMiddlewareExtensions
{
    /// <summary>Handles requests in the cost scope (run, agent, customer, billing tier, test) that the calling service sent in the header <c>baggage</c>. Put it behind authentication.</summary>
    /// <remarks>
    /// Whoever is believed says who pays, so there is no default. Of believed headers, values above 256 characters or with control characters,
    /// and what goes beyond 64 members or 8,192 characters, is left out.
    /// </remarks>
    /// <param name="app">The application.</param>
    /// <param name="isTrusted">Whether the sender of a request is believed; what others send is ignored.</param>
    /// <returns>The application.</returns>
    /// <example><code>app.UseCostScope(request => request.User.IsInRole("internal-service"));</code></example>
    public static IApplicationBuilder UseCostScope(this IApplicationBuilder app, Func<HttpContext, bool> isTrusted)
    {
        ArgumentNullException.ThrowIfNull(app);
        ArgumentNullException.ThrowIfNull(isTrusted);
        return app.Use(async (context, next) =>
        {
            using CostScope? scope = isTrusted(context) ? CostScope.BeginFromBaggage(context.Request.Headers["baggage"]) : null;
            await next(context).ConfigureAwait(false);
        });
    }
}
