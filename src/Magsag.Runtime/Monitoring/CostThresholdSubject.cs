namespace Magsag.Runtime;

/// <summary>What a <see cref="CostThreshold"/> holds for.</summary>
public enum CostThresholdSubject
{
    /// <summary>Everything together.</summary>
    Total,

    /// <summary>Each run.</summary>
    Run,

    /// <summary>Each agent.</summary>
    Agent,

    /// <summary>Each customer.</summary>
    Customer,
}
