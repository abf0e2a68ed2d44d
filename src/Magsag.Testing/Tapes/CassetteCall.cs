using Magsag.Pricing.Tokens;

namespace Magsag.Testing;

/// <summary>A call that a test made through its cassette, for assertions.</summary>
/// <param name="Model">The model as billed.</param>
/// <param name="Provider">The provider, in OpenTelemetry's spelling.</param>
/// <param name="Status">The HTTP status of the answer.</param>
/// <param name="Usage">The tokens; all zero for an answer without usage.</param>
/// <param name="CostUsd">The cost in US dollars at today's prices; null when the model has no known price or the answer no usage.</param>
/// <param name="IsReplayed">Whether it was replayed.</param>
/// <param name="IsDrifted">Whether its prompt had changed, so that its input was counted anew.</param>
public sealed record CassetteCall(string? Model, string? Provider, int Status, Usage Usage, decimal? CostUsd, bool IsReplayed, bool IsDrifted);
