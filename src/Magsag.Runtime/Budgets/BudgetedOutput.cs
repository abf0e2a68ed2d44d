using Magsag.Ledger.Limits;
using Magsag.Pricing.Catalogue;
using Microsoft.Extensions.AI;

namespace Magsag.Runtime;

/// <summary>Follows the answer to a guarded call, stops a stream when it has used up the output that is reserved for it, and says what the answer took.</summary>
internal sealed class BudgetedOutput(BudgetedCall call)
{
    private readonly UsageAccumulator _used = new(call.Attribution.Model);
    private readonly UsageAccumulator _rawCalls = new(call.Attribution.Model);
    private readonly UsageAccumulator _wholeCalls = new(call.Attribution.Model);
    private bool _saysWhyItEnded;

    public bool HasBegun => _used.HasBegun;

    // Adapters that stream the arguments of tools in their SDK's form only repeat them, whole, in the common one.
    private long Unrepeated => _rawCalls.HasBegun ? Math.Max(0, _rawCalls.CountOutput() - _wholeCalls.CountOutput()) : 0;

    /// <summary>Takes a whole answer. One of more than was reserved is there already, and is entered.</summary>
    public void Add(ChatResponse response)
    {
        _used.Add(response);
        _saysWhyItEnded = true;
    }

    /// <summary>Takes a piece of a stream.</summary>
    /// <exception cref="BudgetExceededException">More was streamed than was reserved.</exception>
    public void Add(ChatResponseUpdate update)
    {
        _used.Add(update);
        _saysWhyItEnded |= update.FinishReason is not null;
        AddToolCalls(update);
        if (!_used.HasMoreOutputThan(call.MaxOutputTokens - Unrepeated))
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

    /// <summary>The stream came to its end by itself.</summary>
    public void Finish() => _used.Finish();

    /// <summary>What the stream took: as it was reported, or the worst case while the provider may still be billing, and more where more has arrived.</summary>
    public BudgetAmount Taken(PriceCatalog? prices, DateTimeOffset at) => call.Taken(_used, _saysWhyItEnded, Unrepeated, prices, at);

    private void AddToolCalls(ChatResponseUpdate update)
    {
        foreach (FunctionCallContent tool in update.Contents.OfType<FunctionCallContent>())
        {
            _wholeCalls.AddText(ContentText.OfOutput(tool));
        }

        if (update is { Contents.Count: 0, FinishReason: null, RawRepresentation: { } raw })
        {
            RawToolCall.AddTo(_rawCalls, raw);
        }
    }

    private long Arrived() => _used.CountOutput() + Unrepeated;
}
