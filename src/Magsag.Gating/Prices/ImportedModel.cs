using Magsag.Pricing;

namespace Magsag.Gating;

/// <summary>One model as another price list has it.</summary>
internal sealed record ImportedModel(ModelEntry Entry, int Line, string? Problem = null);
