namespace Magsag.Testing.Tapes;

/// <summary>A request on its way through a cassette.</summary>
/// <param name="Request">What it asks, with the test's normalisers applied.</param>
/// <param name="Content">The same as JSON, as the cassette keeps it.</param>
/// <param name="Key">Names the content.</param>
/// <param name="Number">Which of the equal requests of the test it is, from 1.</param>
/// <param name="Format">How the provider writes answers.</param>
/// <param name="Provider">The provider.</param>
internal sealed record TapedRequest(CanonicalRequest Request, JsonObject Content, string Key, int Number, string Format, string? Provider);
