using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.Loader;

namespace Magsag.Runtime.Budgets.Attempts;

/// <summary>Sees every request that a guarded call sends over <see cref="HttpClient"/>, whatever SDK makes it, and finds a reservation for it before it leaves.</summary>
/// <remarks>
/// It listens to what System.Net.Http publishes for each request, in the flow of the call, so that the app needs no handler of ours.
/// These events, unlike those named HttpRequestOut, make no activity and thus add no header. They are asked for in guarded calls only: others pay nothing.
/// </remarks>
internal sealed class HttpRequestObserver : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>
{
    private const string Listener = "HttpHandlerDiagnosticListener";
    private const string Sending = "System.Net.Http.Request";
    private const string Failed = "System.Net.Http.Exception";
    private const string Ended = "System.Net.Http.Response";

    private static readonly ConcurrentDictionary<(Type, string), PropertyInfo?> Members = new();
    private static readonly bool MayBeUnloaded = AssemblyLoadContext.GetLoadContext(typeof(HttpRequestObserver).Assembly) is { IsCollectible: true };
    private static readonly Lock Gate = new();
    private static HttpRequestObserver? _current;
    private static int _calls;

    private readonly List<IDisposable> _requests = [];
    private IDisposable? _listeners;

    private HttpRequestObserver()
    {
    }

    /// <summary>Begins to listen, unless that was done.</summary>
    public static void AddCall()
    {
        if (!MayBeUnloaded && Volatile.Read(ref _current) is not null)
        {
            return;
        }

        lock (Gate)
        {
            _calls++;
            _current ??= Subscribe();
        }
    }

    /// <summary>Stops listening with the last call of a load context that can be unloaded: System.Net.Http would hold it for ever. Elsewhere it goes on, since calls follow one another.</summary>
    public static void RemoveCall()
    {
        if (!MayBeUnloaded)
        {
            return;
        }

        lock (Gate)
        {
            if (--_calls == 0)
            {
                _current!.Unsubscribe();
                _current = null;
            }
        }
    }

    void IObserver<DiagnosticListener>.OnNext(DiagnosticListener value)
    {
        if (value.Name == Listener)
        {
            IDisposable requests = value.Subscribe(this, static (name, _, _) => name is Sending or Failed or Ended && GuardedCall.Current is not null);
            lock (_requests)
            {
                _requests.Add(requests);
            }
        }
    }

    void IObserver<KeyValuePair<string, object?>>.OnNext(KeyValuePair<string, object?> value)
    {
        if (value.Value is not { } data || GuardedCall.Current is not { } call)
        {
            return;
        }

        switch (value.Key)
        {
            case Sending when Member(data, "Request") is HttpRequestMessage request:
                // There is no asynchronous wait here; only a retry whose budget is kept in a database waits at all. What this throws reaches the sender, and the request isn't sent.
                call.Begin(this, request);
                break;
            case Failed when Member(data, "Request") is HttpRequestMessage request && Member(data, "Exception") is Exception error:
                HttpAttempts.CarriedBy(request)?.Failed(this, error);
                break;
            case Ended when Member(data, "Response") is HttpResponseMessage { RequestMessage: { } request } response:
                HttpAttempts.CarriedBy(request)?.Answered(this, (int)response.StatusCode);
                break;
            default:
                break;
        }
    }

    void IObserver<DiagnosticListener>.OnCompleted()
    {
    }

    void IObserver<DiagnosticListener>.OnError(Exception error)
    {
    }

    void IObserver<KeyValuePair<string, object?>>.OnCompleted()
    {
    }

    void IObserver<KeyValuePair<string, object?>>.OnError(Exception error)
    {
    }

    private static HttpRequestObserver Subscribe()
    {
        var observer = new HttpRequestObserver();
        observer._listeners = DiagnosticListener.AllListeners.Subscribe(observer);
        return observer;
    }

    private void Unsubscribe()
    {
        _listeners?.Dispose();
        lock (_requests)
        {
            _requests.ForEach(static requests => requests.Dispose());
        }
    }

    [UnconditionalSuppressMessage("Trimming", "IL2075", Justification = "System.Net.Http keeps the members of what it publishes.")]
    private static object? Member(object data, string name) => Members.GetOrAdd((data.GetType(), name), static key => key.Item1.GetProperty(key.Item2))?.GetValue(data);
}
