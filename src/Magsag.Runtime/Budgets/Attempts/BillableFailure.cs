using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Http;
using System.Net.Sockets;
using System.Reflection;

namespace Magsag.Runtime.Budgets.Attempts;

/// <summary>Whether a request that failed may have been billed. Only what certainly wasn't is free: it was refused by status, or never sent.</summary>
internal static class BillableFailure
{
    // Where each SDK's exceptions have the HTTP status; a type that derives from one of them has it too.
    private static readonly (string Type, string Member)[] StatusMembers =
    [
        ("System.ClientModel.ClientResultException", "Status"),
        ("Azure.RequestFailedException", "Status"),
        ("System.Net.Http.HttpRequestException", "StatusCode"),
        ("Anthropic.Exceptions.AnthropicApiException", "StatusCode"),
        ("Microsoft.SemanticKernel.HttpOperationException", "StatusCode"),
        ("Amazon.Runtime.AmazonServiceException", "StatusCode"),
        ("Google.GenAI.ClientError", "StatusCode"),
        ("Google.GoogleApiException", "HttpStatusCode"),
    ];

    private static readonly HttpRequestError[] NotSent =
    [
        HttpRequestError.NameResolutionError,
        HttpRequestError.ConnectionError,
        HttpRequestError.SecureConnectionError,
        HttpRequestError.ProxyTunnelError,
        HttpRequestError.VersionNegotiationError,
    ];

    private static readonly ConcurrentDictionary<Type, PropertyInfo?> KnownMembers = new();

    /// <summary>Whether a provider that answers so bills nothing: it refused the request. Those that it gave up on (408, 499), or that may be running already (409), may be billed.</summary>
    public static bool IsRefusal(int status) => status is >= 400 and < 500 and not (408 or 409 or 499);

    /// <summary>How many requests that may have been billed an exception stands for: 0 for one that certainly wasn't, several where an SDK collected what its retries threw.</summary>
    public static int CountOf(Exception error) => error switch
    {
        AggregateException { InnerExceptions.Count: > 0 } several => several.InnerExceptions.Sum(CountOf),
        BudgetExceededException or ModelRefusedException => 0,
        _ when StatusOf(error) is { } status && status >= 300 => IsRefusal(status) ? 0 : 1,
        HttpRequestException request when NotSent.Contains(request.HttpRequestError) => 0,
        SocketException { SocketErrorCode: SocketError.ConnectionRefused or SocketError.HostNotFound or SocketError.HostUnreachable or SocketError.NetworkUnreachable } => 0,
        _ when IsTransport(error) && error.InnerException is null => 1,
        _ => error.InnerException is { } inner ? CountOf(inner) : 1,
    };

    /// <summary>Whether an exception, or one inside it, comes from a request that was under way.</summary>
    public static bool IsTransport(Exception error) =>
        error is OperationCanceledException or TimeoutException or IOException or HttpRequestException or SocketException || StatusOf(error) is not null
        || (error is AggregateException several ? several.InnerExceptions.Any(IsTransport) : error.InnerException is { } inner && IsTransport(inner));

    private static int? StatusOf(Exception error)
    {
        PropertyInfo? member = KnownMembers.GetOrAdd(error.GetType(), static type => MemberOf(type));
        return member?.GetValue(error) switch
        {
            null => null,
            IConvertible status => status.ToInt32(CultureInfo.InvariantCulture),
            _ => null,
        };
    }

    private static PropertyInfo? MemberOf(Type type)
    {
        for (Type? at = type; at is not null; at = at.BaseType)
        {
            foreach ((string name, string member) in StatusMembers)
            {
                if (at.FullName == name)
                {
                    return at.GetProperty(member, BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly);
                }
            }
        }

        return null;
    }
}
