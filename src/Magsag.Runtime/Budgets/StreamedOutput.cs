using System.Text;
using Magsag.Pricing;
using Microsoft.Extensions.AI;

namespace Magsag.Runtime;

/// <summary>Follows a stream, and stops it when it has used up the output that is reserved for it.</summary>
internal sealed class StreamedOutput(BudgetedCall call)
{
    private readonly StringBuilder _text = new();
    private long _tokens;

    public bool HasBegun { get; private set; }

    public Usage? Usage { get; private set; }

    public string? Model { get; private set; }

    /// <exception cref="BudgetExceededException">More was streamed than was reserved.</exception>
    public void Add(ChatResponseUpdate update)
    {
        HasBegun = true;
        Model = update.ModelId ?? Model;
        var counter = TokenCounter.For(call.Attribution.Model);
        foreach (AIContent content in update.Contents)
        {
            if (content is UsageContent reported)
            {
                // Providers report cumulative usage, so the last report counts.
                Usage = ReportedUsage.From(reported.Details) ?? Usage;
            }
            else if (content is TextContent or TextReasoningContent)
            {
                string text = content is TextContent plain ? plain.Text : ((TextReasoningContent)content).Text;
                _text.Append(text);
                _tokens += counter.Count(text);
            }
        }

        if (_tokens <= call.MaxOutputTokens)
        {
            return;
        }

        // Pieces counted by themselves come to more than the text as a whole, so the text has the last word.
        _tokens = counter.Count(_text.ToString());
        if (_tokens > call.MaxOutputTokens)
        {
            throw new BudgetExceededException($"The stream was stopped: it produced more than the {call.MaxOutputTokens} output tokens that were reserved for it.")
            {
                Measure = Gating.LimitMeasure.Tokens,
                Limit = call.MaxOutputTokens,
                Spent = _tokens,
            };
        }
    }
}
