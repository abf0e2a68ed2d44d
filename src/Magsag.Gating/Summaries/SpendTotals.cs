namespace Magsag.Gating;

/// <summary>What a row of spend adds up.</summary>
internal struct SpendTotals
{
    public long Calls;
    public long Tokens;
    public long UnmeteredCalls;
    public long UnpricedCalls;
    public long EstimatedCalls;
    public decimal CostUsd;

    // A correction whose call isn't here takes back what nobody counted.
    public readonly long CallsOfUnknownCost => Math.Max(0, UnpricedCalls) + Math.Max(0, UnmeteredCalls);

    public void Add(in SpendTotals totals)
    {
        Calls += totals.Calls;
        Tokens = TokenSum.Of(Tokens, totals.Tokens);
        UnmeteredCalls += totals.UnmeteredCalls;
        UnpricedCalls += totals.UnpricedCalls;
        EstimatedCalls += totals.EstimatedCalls;
        CostUsd += totals.CostUsd;
    }
}
