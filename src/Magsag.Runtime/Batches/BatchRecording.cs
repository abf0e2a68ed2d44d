namespace Magsag.Runtime;

/// <summary>What was recorded of a batch.</summary>
/// <param name="Recorded">Answered requests that were recorded now.</param>
/// <param name="AlreadyRecorded">Answered requests that an earlier run had recorded.</param>
/// <param name="CostUsd">The known cost of those recorded now, in US dollars, exact.</param>
/// <param name="UnpricedCalls">Those recorded now whose cost isn't known.</param>
public sealed record BatchRecording(int Recorded, int AlreadyRecorded, decimal CostUsd, int UnpricedCalls);
