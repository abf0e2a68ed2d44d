namespace Magsag.Testing.Tapes;

/// <summary>The answer that a cassette gives to a request.</summary>
/// <param name="Entry">The recorded call.</param>
/// <param name="Body">A copy of its answer, to be renewed.</param>
/// <param name="Drift">By how much the prompt has changed; null when it hasn't.</param>
internal sealed record Playback(CassetteEntry Entry, JsonObject Body, TokenDrift? Drift);
