using System.ClientModel.Primitives;

namespace Magsag.Runtime.Http;

/// <summary>Sees each attempt at a guarded call, so that each that may be billed has a reservation, over whatever transport.</summary>
internal sealed class AttemptPolicy(BudgetGuard guard) : PipelinePolicy
{
    public override void Process(PipelineMessage message, IReadOnlyList<PipelinePolicy> pipeline, int currentIndex)
    {
        if (GuardedCall.Under(guard) is { } call)
        {
            call.Send(this, message, () => ProcessNext(message, pipeline, currentIndex));
        }
        else
        {
            ProcessNext(message, pipeline, currentIndex);
        }
    }

    public override ValueTask ProcessAsync(PipelineMessage message, IReadOnlyList<PipelinePolicy> pipeline, int currentIndex) =>
        GuardedCall.Under(guard) is { } call
            ? call.SendAsync(this, message, () => ProcessNextAsync(message, pipeline, currentIndex))
            : ProcessNextAsync(message, pipeline, currentIndex);
}
