namespace Magsag.Runtime;

/// <summary>What was read of an answer.</summary>
/// <param name="Answer">What it says.</param>
/// <param name="IsComplete">Whether it is whole.</param>
/// <param name="CountedOutput">Its output tokens, counted because it reported none; null when it did, or when they can't be counted.</param>
/// <param name="UsageIssue">Why the reported counts can't all be right; null when nothing contradicts them.</param>
internal readonly record struct AnswerReading(WireAnswer Answer, bool IsComplete, long? CountedOutput, string? UsageIssue = null);
