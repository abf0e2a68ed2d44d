namespace Magsag.Runtime;

/// <summary>What was recorded of a batch.</summary>
public sealed class BatchRecording
{
    internal BatchRecording()
    {
    }

    /// <summary>Answered requests that were recorded now.</summary>
    public int Recorded { get; init; }

    /// <summary>Answered requests that an earlier run had recorded.</summary>
    public int AlreadyRecorded { get; init; }

    /// <summary>The known cost of those recorded now, in US dollars, exact.</summary>
    public decimal CostUsd { get; init; }

    /// <summary>Those recorded now whose cost isn't known, or only in part.</summary>
    public int UnpricedCalls { get; init; }
}
