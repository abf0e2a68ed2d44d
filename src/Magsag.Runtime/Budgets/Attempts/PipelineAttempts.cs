using System.ClientModel.Primitives;

namespace Magsag.Runtime.Budgets.Attempts;

/// <summary>Sends messages of guarded calls through pipelines of System.ClientModel, each attempt with a reservation.</summary>
internal static class PipelineAttempts
{
    /// <summary>Sends a message that a policy sees.</summary>
    /// <exception cref="BudgetExceededException">A limit has no room for it; it isn't sent.</exception>
    public static async ValueTask SendAsync(this GuardedCall call, object layer, PipelineMessage message, Func<ValueTask> send)
    {
        if (await BeginAsync(call, layer, message).ConfigureAwait(false) is not { } attempt)
        {
            await send().ConfigureAwait(false);
            return;
        }

        RequestAttempt.InFlight = attempt;
        await attempt.SendAsync(layer, async () => { await send().ConfigureAwait(false); return message; }, static sent => sent.Response?.Status ?? 0).ConfigureAwait(false);
    }

    /// <inheritdoc cref="SendAsync"/>
    public static void Send(this GuardedCall call, object layer, PipelineMessage message, Action send)
    {
        if (GuardedCall.Wait(BeginAsync(call, layer, message)) is not { } attempt)
        {
            send();
            return;
        }

        RequestAttempt.InFlight = attempt;
        try
        {
            attempt.Send(layer, () => { send(); return message; }, static sent => sent.Response?.Status ?? 0);
        }
        finally
        {
            RequestAttempt.InFlight = null;
        }
    }

    // All attempts at a call have the same message.
    private static async ValueTask<RequestAttempt?> BeginAsync(GuardedCall call, object layer, PipelineMessage message)
    {
        PipelineRequest request = message.Request;
        var outgoing = new OutgoingRequest(
            request.Method,
            request.Uri,
            request.Headers.TryGetValue("Content-Type", out string? type) ? type : null,
            message.TryGetProperty(typeof(RequestAttempt), out object? carried) ? carried as RequestAttempt : null);
        RequestAttempt? attempt = await call.BeginAsync(layer, outgoing, message.CancellationToken).ConfigureAwait(false);
        if (attempt is not null)
        {
            message.SetProperty(typeof(RequestAttempt), attempt);
        }

        return attempt;
    }
}
