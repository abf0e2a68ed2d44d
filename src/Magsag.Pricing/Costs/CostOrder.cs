namespace Magsag.Pricing;

/// <summary>The outcome of comparing two costs, which may be that nobody can tell.</summary>
public enum CostOrder
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
