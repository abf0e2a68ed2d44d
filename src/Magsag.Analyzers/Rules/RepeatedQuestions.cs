using Magsag.Analyzers.Calls;
using Magsag.Analyzers.Loops;

namespace Magsag.Analyzers.Rules;

/// <summary>Tells whether a loop may ask what was answered before: nothing remembers the answers, and it is no conversation.</summary>
internal static class RepeatedQuestions
{
    public static bool AreAsked(RepeatedCall call, FileContext context) => !IsCached(call.Call, context)
        && !call.Frames.Any(static frame => KnownAnswers.Guard(frame.Invocation, frame.Body, frame.Semantics))
        && !new Conversations(call, context.Apis, context.CancellationToken).Exist();

    private static bool IsCached(LlmCall call, FileContext context) => call.Receiver.HasCache || (call.Api.HasPipelines && !call.Receiver.IsComplete && context.Pipelines.MayBeCached(call.Receiver, call.Api.Services));
}
