namespace Magsag.Pricing.Costs;

/// <summary>The outcome of comparing two costs; what is unpriced can leave it open.</summary>
internal enum CostOrder
{
    /// <summary>The left cost is certainly lower.</summary>
    Less,

    /// <summary>Both are the same amount.</summary>
    Equal,

    /// <summary>The left cost is certainly higher.</summary>
    Greater,

    /// <summary>What is unpriced could turn it either way.</summary>
    Unknown,
}
