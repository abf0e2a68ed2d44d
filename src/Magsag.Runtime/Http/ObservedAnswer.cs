using Magsag.Ledger.Records;
using Magsag.Pricing.Tokens;

namespace Magsag.Runtime.Http;

/// <summary>Turns what was read of an answer into what was seen of its call.</summary>
internal static class ObservedAnswer
{
    /// <summary>Completes what was seen of a call by what its answer says.</summary>
    /// <param name="seen">What was seen before.</param>
    /// <param name="end">How the reading ended.</param>
    /// <param name="reading">What was read.</param>
    /// <param name="countInput">Counts the prompt; null when it can't be counted.</param>
    /// <param name="besides">What the provider says beside the body; null where it says nothing.</param>
    public static CallObservation Complete(in CallObservation seen, AnswerEnd end, in AnswerReading reading, Func<TokenCounter, long?> countInput, Usage? besides = null)
    {
        WireAnswer answer = reading.Answer;
        WireUsage? reported = answer.Usage;
        answer.Used.RequestedModel ??= seen.RequestedModel;
        MeasuredUsage measured = answer.IsUnfinished ? default : answer.Used.Measure(reading.IsComplete, countInput);
        if (besides is not null && (reported is null || reported.Usage.OutputTokens == 0))
        {
            measured = new MeasuredUsage(besides);
        }

        return seen with
        {
            Outcome = answer.IsUnfinished ? CallOutcome.Ok : OutcomeOf(end, reading),
            Model = ModelOf(seen, answer),
            Usage = measured.Usage,
            IsCounted = measured.IsCounted,
            UsageIssue = measured.IsCounted ? null : reported is not null ? reading.UsageIssue : measured.Issue,
            KnownCostUsd = reported?.ReportedCostUsd,
            OtherModels = reported?.OtherModels,
            ServiceTier = reported?.ServiceTier ?? answer.ServiceTier,
            Region = reported?.Region ?? seen.Region,
            AnswerId = answer.IsUnfinished ? answer.Id : null,
            IsUnfinished = answer.IsUnfinished,
        };
    }

    // Bedrock sells by ids of its own; the model calls itself as its maker does.
    private static string? ModelOf(in CallObservation seen, WireAnswer answer) =>
        seen is { Provider: "aws.bedrock", RequestedModel: not null } ? seen.RequestedModel : answer.Model;

    private static CallOutcome OutcomeOf(AnswerEnd end, in AnswerReading reading) => end switch
    {
        AnswerEnd.Cancelled => CallOutcome.Cancelled,
        AnswerEnd.Broken => CallOutcome.Error,
        _ when reading.Answer.IsFailed => CallOutcome.Error,
        _ when reading.IsComplete => CallOutcome.Ok,
        AnswerEnd.Read => CallOutcome.Error,
        _ when reading.Answer.IsMalformed => CallOutcome.Error,
        _ => CallOutcome.Cancelled,
    };
}
