namespace Magsag.Runtime.Wire;

/// <summary>What was read of an answer.</summary>
/// <param name="Answer">What it says.</param>
/// <param name="IsComplete">Whether it is whole.</param>
/// <param name="UsageIssue">Why the reported counts can't all be right; null when nothing contradicts them.</param>
internal readonly record struct AnswerReading(WireAnswer Answer, bool IsComplete, string? UsageIssue = null);
