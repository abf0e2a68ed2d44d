using System.Text;
using Magsag.Pricing;
using Microsoft.Extensions.AI;

namespace Magsag.Runtime;

/// <summary>Follows a stream, and stops it when it has used up the output that is reserved for it.</summary>
internal sealed class StreamedOutput(BudgetedCall call)
{
    private readonly TokenCounter _counter = TokenCounter.For(call.Attribution.Model);
    private readonly StringBuilder _text = new();
    private readonly StringBuilder _wholeCalls = new();
    private long _tokens;
    private long _callTokens;
    private Usage? _usage;
    private string? _model;
    private bool _isFinished;
    private bool _isUsageFinal;

    public bool HasBegun { get; private set; }

    /// <exception cref="BudgetExceededException">More was streamed than was reserved.</exception>
    public void Add(ChatResponseUpdate update)
    {
        HasBegun = true;
        _model = update.ModelId ?? _model;
        _isFinished |= update.FinishReason is not null;
        bool isUnderstood = update.FinishReason is not null;
        foreach (AIContent content in update.Contents)
        {
            isUnderstood |= Add(content);
        }

        if (!isUnderstood && update.RawRepresentation is { } raw)
        {
            _callTokens += StreamedToolCall.TokensOf(raw, _counter);
        }

        StopAboveReservation();
    }

    /// <summary>The stream came to its end by itself.</summary>
    public void End() => _isUsageFinal |= _isFinished && _usage is not null;

    /// <summary>What the stream took: what was reported of the whole answer; else the worst case, or what arrived where that is more.</summary>
    public BudgetAmount Actual(PriceCatalog? prices, DateTimeOffset at)
    {
        long arrived = Arrived();

        // No two encodings differ by more than that: a report of less is a placeholder, or wrong.
        bool isCredible = _usage is { } reported && reported.OutputTokens >= arrived / 2;
        if (_isUsageFinal && isCredible)
        {
            return call.Actual(_usage, _model, prices, at);
        }

        return arrived > call.MaxOutputTokens ? call.With(arrived, at) : call.Amount;
    }

    private bool Add(AIContent content)
    {
        switch (content)
        {
            case UsageContent reported:
                // What stands before the answer is a placeholder; what follows its text, or its end, is its bill.
                _usage = ReportedUsage.From(reported.Details) is { } later ? Larger(_usage, later) : _usage;
                _isUsageFinal = _usage is not null && (_isFinished || _tokens + _callTokens + _wholeCalls.Length > 0);
                return true;
            case TextContent text:
                AddText(text.Text);
                return text.Text.Length > 0;
            case TextReasoningContent reasoning:
                AddText(reasoning.Text);
                return reasoning.Text.Length > 0;
            case FunctionCallContent tool:
                _wholeCalls.Append(tool.Name).Append(CompactJson.Of(tool.Arguments));
                return true;
            default:
                return false;
        }
    }

    private void AddText(string text)
    {
        if (text.Length > 0)
        {
            _text.Append(text);
            _tokens += _counter.Count(text);
            _isUsageFinal &= _isFinished;
        }
    }

    private void StopAboveReservation()
    {
        long wholeCalls = _wholeCalls.Length == 0 ? 0 : _counter.Count(_wholeCalls.ToString());
        if (_tokens + Math.Max(_callTokens, wholeCalls) <= call.MaxOutputTokens)
        {
            return;
        }

        // Pieces counted by themselves come to more than the text as a whole, so the text has the last word.
        _tokens = _counter.Count(_text.ToString());
        long arrived = Arrived();
        if (arrived > call.MaxOutputTokens)
        {
            throw new BudgetExceededException($"The stream was stopped: it produced more than the {call.MaxOutputTokens} output tokens that were reserved for it.")
            {
                Measure = Gating.LimitMeasure.Tokens,
                Limit = call.MaxOutputTokens,
                Spent = arrived,
            };
        }
    }

    // Adapters that stream the arguments of tools in their own form repeat them, whole, in the common one.
    private long Arrived() => _tokens + Math.Max(_callTokens, _wholeCalls.Length == 0 ? 0 : _counter.Count(_wholeCalls.ToString()));

    // Some report the input first and the output last, others everything again and again: no count ever falls.
    private static Usage Larger(Usage? known, in Usage later) => known is not { } before ? later : later with
    {
        InputTokens = Math.Max(before.InputTokens, later.InputTokens),
        CachedInputTokens = Math.Max(before.CachedInputTokens, later.CachedInputTokens),
        CacheWriteTokens = Math.Max(before.CacheWriteTokens, later.CacheWriteTokens),
        InputAudioTokens = Math.Max(before.InputAudioTokens, later.InputAudioTokens),
        OutputTokens = Math.Max(before.OutputTokens, later.OutputTokens),
        ReasoningTokens = Math.Max(before.ReasoningTokens, later.ReasoningTokens),
        OutputAudioTokens = Math.Max(before.OutputAudioTokens, later.OutputAudioTokens),
    };
}
