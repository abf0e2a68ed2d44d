using System.Text;
using Magsag.Pricing;
using Microsoft.Extensions.AI;

namespace Magsag.Runtime;

/// <summary>What arrives of the answer to one chat call.</summary>
internal sealed class ChatTally(string? requestedModel, IReadOnlyList<ChatMessage> messages, ChatOptions? options)
{
    private readonly StringBuilder _text = new();
    private string? _model;
    private UsageDetails? _usage;
    private bool _hasReasoning;
    private bool _hasArrived;

    public void Add(ChatResponse response)
    {
        _hasArrived = true;
        _model = response.ModelId;
        _usage = response.Usage;
        foreach (ChatMessage message in response.Messages)
        {
            AddContents(message.Contents);
        }
    }

    public void Add(ChatResponseUpdate update)
    {
        _hasArrived = true;
        _model = update.ModelId ?? _model;
        AddContents(update.Contents);
    }

    /// <summary>What is known of the call, once nothing more arrives.</summary>
    /// <param name="isWhole">Whether the answer came to its end.</param>
    public CallAnswer ToAnswer(bool isWhole)
    {
        Usage? reported = ReportedUsage.From(_usage);
        var answer = new CallAnswer { Model = _model, Usage = reported, UsageIssue = ReportedUsage.IssueOf(_usage, _text.Length > 0, _hasReasoning) };
        if (!_hasArrived || (isWhole && reported is not null))
        {
            return answer;
        }

        string? model = _model ?? requestedModel;
        if (reported is not { } partial)
        {
            Usage? counted = ChatTokens.Count(model, messages, options, _text.ToString());
            return answer with { Usage = counted, IsCounted = counted is not null };
        }

        // What was reported before the end is at most a placeholder for the output: what arrived was billed.
        long arrived = TokenCounter.For(model).Count(_text.ToString());
        return arrived <= partial.OutputTokens ? answer : answer with { Usage = partial with { OutputTokens = arrived }, IsCounted = true, UsageIssue = null };
    }

    private void AddContents(IList<AIContent> contents)
    {
        foreach (AIContent content in contents)
        {
            // Providers report cumulative usage, so the last report counts.
            _usage = content is UsageContent usage ? usage.Details : _usage;
            _hasReasoning |= content is TextReasoningContent { Text.Length: > 0 };
            ChatTokens.TryAppend(_text, content);
        }
    }
}
