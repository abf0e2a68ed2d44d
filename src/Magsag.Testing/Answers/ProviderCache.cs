namespace Magsag.Testing.Answers;

/// <summary>What a provider's prompt cache did when an answer was recorded: it depends on the hour, so a replay costs what it does without.</summary>
/// <param name="Read">Input tokens that were read from the cache.</param>
/// <param name="Written">Input tokens that were written to it.</param>
internal readonly record struct ProviderCache(long Read, long Written);
