namespace Magsag.Pricing.Costs;

/// <summary>How well a cost is known.</summary>
public enum CostKind
{
    /// <summary>Exact money.</summary>
    Money,

    /// <summary>A figure of which a part was counted or assumed rather than reported.</summary>
    Estimated,

    /// <summary>A part is unknown: only a lower bound can be given.</summary>
    Unpriced,
}
