using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Magsag.Runtime.Recording;

/// <summary>Reads the provider's own answer behind that of an adapter: it has what <see cref="UsageDetails"/> has no member for, such as fees, tiers and the cost that a provider states.</summary>
internal sealed class RawAnswer(string? provider)
{
    private readonly WireAnswer _answer = new(WireFormat.Any, provider);
    private bool _hasBegun;

    /// <summary>Whether a piece of a stream says what is to be known: the first one does, and those that report usage.</summary>
    public bool Needs(ChatResponseUpdate update) => update.RawRepresentation is not null && (!_hasBegun || HasUsage(update));

    /// <summary>Takes a whole answer.</summary>
    public void Add(ChatResponse response) => Add(response.RawRepresentation);

    /// <summary>Takes a piece of a stream.</summary>
    public void Add(ChatResponseUpdate update)
    {
        _hasBegun = true;
        Add(update.RawRepresentation);
    }

    /// <summary>Completes what the adapter said. An answer that is the sum of several isn't what the last of them says.</summary>
    public CallAnswer Complete(in CallAnswer answer)
    {
        if (_answer.Usage is not { } raw || answer.Used.IsCounted || !IsWhole(raw, answer.Used))
        {
            return answer;
        }

        return answer with
        {
            Used = new MeasuredUsage(raw.Usage, false, raw.Issue ?? (answer.Used.Issue is UsageIssue.OutputWithoutTokens or UsageIssue.ReasoningWithoutTokens && raw.ReportedCostUsd is null ? answer.Used.Issue : null)),
            ServiceTier = raw.ServiceTier ?? _answer.ServiceTier,
            Region = raw.Region,
            KnownCostUsd = raw.ReportedCostUsd,
            OtherModels = raw.OtherModels,
        };
    }

    // Adapters may leave out what the totals do (Anthropic's compaction); what they have more is of other answers.
    private static bool IsWhole(WireUsage raw, in MeasuredUsage measured) =>
        measured.Usage is not { } usage || (raw.Usage.InputTokens >= usage.InputTokens && raw.Usage.OutputTokens >= usage.OutputTokens);

    private static bool HasUsage(ChatResponseUpdate update)
    {
        foreach (AIContent content in update.Contents)
        {
            if (content is UsageContent)
            {
                return true;
            }
        }

        return false;
    }

    private void Add(object? raw)
    {
        using JsonDocument? json = RawJson.Of(raw);
        if (json is not null)
        {
            _answer.Read(json.RootElement);
        }
    }
}
