using Magsag.Gating;
using Magsag.Pricing;
using Microsoft.Extensions.AI;

namespace Magsag.Runtime;

/// <summary>Follows a stream, and stops it when it has used up the output that is reserved for it.</summary>
internal sealed class StreamedOutput(BudgetedCall call)
{
    /// <summary>What the stream has used.</summary>
    public UsageAccumulator Used { get; } = new(call.Attribution.Model);

    /// <exception cref="BudgetExceededException">More was streamed than was reserved.</exception>
    public void Add(ChatResponseUpdate update)
    {
        Used.Add(update);
        if (!Used.HasMoreOutputThan(call.MaxOutputTokens))
        {
            return;
        }

        throw new BudgetExceededException($"The stream was stopped: it produced more than the {call.MaxOutputTokens} output tokens that were reserved for it.")
        {
            Measure = LimitMeasure.Tokens,
            Limit = call.MaxOutputTokens,
            Spent = Used.CountOutput(),
        };
    }

    /// <summary>What the stream took: as it was reported, or the worst case while the provider may still be billing, and more where more has arrived.</summary>
    public BudgetAmount Taken(PriceCatalog? prices, DateTimeOffset at)
    {
        long mostInput = call.Amount.Tokens - call.MaxOutputTokens;
        MeasuredUsage measured = Used.Measure(Used.HasFinalReport, _ => mostInput);
        BudgetAmount least = call.Actual(measured.Usage, Used.Model, prices, at);
        return Used.HasFinalReport ? least : new BudgetAmount(Math.Max(least.Usd, call.Amount.Usd), 1, Math.Max(least.Tokens, call.Amount.Tokens));
    }
}
