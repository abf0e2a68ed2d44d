using Magsag.Ledger.Limits;
using Magsag.Pricing.Catalogue;
using Microsoft.Extensions.AI;

namespace Magsag.Runtime.Budgets.Clients;

/// <summary>Follows the answer to a guarded call, stops a stream when it has used up the output that is reserved for it, and says what the answer took.</summary>
internal sealed class BudgetedOutput(BudgetedCall call)
{
    private readonly UsageAccumulator _rawCalls = new(call.Attribution.Model);
    private readonly UsageAccumulator _wholeCalls = new(call.Attribution.Model);
    private bool _saysWhyItEnded;

    /// <summary>What was reported and has arrived.</summary>
    public UsageAccumulator Used { get; } = new(call.Attribution.Model);

    // Adapters that stream the arguments of tools in their SDK's form only repeat them, whole, in the common one.
    private long Unrepeated => _rawCalls.HasBegun ? Math.Max(0, _rawCalls.CountOutput() - _wholeCalls.CountOutput()) : 0;

    /// <summary>Takes a whole answer. One of more than was reserved is there already, and is entered.</summary>
    public void Add(ChatResponse response)
    {
        Used.Add(response);
        _saysWhyItEnded = true;
    }

    /// <summary>Takes a piece of a stream.</summary>
    /// <exception cref="BudgetExceededException">More was streamed than was reserved.</exception>
    public void Add(ChatResponseUpdate update)
    {
        Used.Add(update);
        _saysWhyItEnded |= update.FinishReason is not null;
        AddToolCalls(update);
        if (!Used.HasMoreOutputThan(call.MaxOutputTokens - Unrepeated))
        {
            return;
        }

        throw new BudgetExceededException($"The stream was stopped: it produced more than the {call.MaxOutputTokens} output tokens that were reserved for it.")
        {
            Measure = LimitMeasure.Tokens,
            Limit = call.MaxOutputTokens,
            Spent = Arrived(),
        };
    }

    /// <summary>What the stream took: as it was reported, or the worst case while the provider may still be billing, and more where more has arrived.</summary>
    public BudgetAmount Taken(PriceCatalog? prices, DateTimeOffset at) => call.Taken(Used, _saysWhyItEnded, Unrepeated, prices, at);

    private void AddToolCalls(ChatResponseUpdate update)
    {
        foreach (FunctionCallContent tool in update.Contents.OfType<FunctionCallContent>())
        {
            _wholeCalls.AddText(ContentText.FromOutput(tool));
        }

        if (update is { Contents.Count: 0, FinishReason: null, RawRepresentation: { } raw })
        {
            RawToolCall.AddTo(_rawCalls, raw);
        }
    }

    private long Arrived() => Used.CountOutput() + Unrepeated;
}
