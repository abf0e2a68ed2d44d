using System.ClientModel.Primitives;
using Microsoft.Extensions.Logging;

namespace Magsag.Runtime.Http;

/// <summary>Guards the calls of a client built on System.ClientModel: reserves before the first attempt and settles what the answer took.</summary>
internal sealed class BudgetPolicy(BudgetGuard guard, ILogger logger) : PipelinePolicy
{
    private readonly RequestBudget _budget = new(guard, logger);

    public override void Process(PipelineMessage message, IReadOnlyList<PipelinePolicy> pipeline, int currentIndex)
    {
        if (ApiOf(message) is not { } api)
        {
            ProcessNext(message, pipeline, currentIndex);
            return;
        }

        using var body = new MemoryStream();
        if (CostTrackingPolicy.IsJson(message))
        {
            message.Request.Content!.WriteTo(body, message.CancellationToken);
        }

        if (_budget.CoveringOf(message.Request.Uri!, BytesOf(body)) is not null)
        {
            ProcessNext(message, pipeline, currentIndex);
            return;
        }

        GuardedRequest guarded = GuardedCall.Wait(BeginAsync(api, message, body));
        try
        {
            guarded.Call.Run(() => ProcessNext(message, pipeline, currentIndex));
        }
        catch (Exception error)
        {
            GuardedCall.Wait(guarded.FailAsync(error));
        }

        GuardedCall.Wait(FollowAsync(guarded, message));
    }

    public override async ValueTask ProcessAsync(PipelineMessage message, IReadOnlyList<PipelinePolicy> pipeline, int currentIndex)
    {
        if (ApiOf(message) is not { } api)
        {
            await ProcessNextAsync(message, pipeline, currentIndex).ConfigureAwait(false);
            return;
        }

        using var body = new MemoryStream();
        if (CostTrackingPolicy.IsJson(message))
        {
            await message.Request.Content!.WriteToAsync(body, message.CancellationToken).ConfigureAwait(false);
        }

        if (_budget.CoveringOf(message.Request.Uri!, BytesOf(body)) is not null)
        {
            await ProcessNextAsync(message, pipeline, currentIndex).ConfigureAwait(false);
            return;
        }

        GuardedRequest guarded = await BeginAsync(api, message, body).ConfigureAwait(false);
        try
        {
            guarded.Call.Enter();
            await ProcessNextAsync(message, pipeline, currentIndex).ConfigureAwait(false);
        }
        catch (Exception error)
        {
            await guarded.FailAsync(error).ConfigureAwait(false);
        }

        await FollowAsync(guarded, message).ConfigureAwait(false);
    }

    private static WireApi? ApiOf(PipelineMessage message) => RequestBudget.ApiOf(message.Request.Method, message.Request.Uri);

    private static ReadOnlyMemory<byte>? BytesOf(MemoryStream body) => body.Length is 0 or > RequestContent.Largest ? null : body.GetBuffer().AsMemory(0, (int)body.Length);

    private ValueTask<GuardedRequest> BeginAsync(WireApi api, PipelineMessage message, MemoryStream body) =>
        _budget.BeginAsync(api, message.Request.Uri!, BytesOf(body), message.CancellationToken);

    private static async ValueTask FollowAsync(GuardedRequest guarded, PipelineMessage message)
    {
        if (message.Response is not { } response)
        {
            await guarded.EndAnswerAsync().ConfigureAwait(false);
            return;
        }

        response.Headers.TryGetValue("Content-Type", out string? type);
        response.Headers.TryGetValue("Content-Encoding", out string? encoding);
        if (!await guarded.AnswerAsync(response.Status, type?.Split(';')[0].Trim(), encoding).ConfigureAwait(false))
        {
            return;
        }

        if (message.BufferResponse)
        {
            await guarded.TakeAsync(response.Content).ConfigureAwait(false);
        }
        else if (response.ContentStream is { } stream)
        {
            response.ContentStream = new TrackedStream(stream, guarded);
        }
    }
}
