namespace Magsag.Pricing.Catalogue;

/// <summary>A cheaper model that can do the same, and what it saves.</summary>
/// <param name="Model">The cheaper model.</param>
/// <param name="SavedPercent">How much cheaper it is, from 0 to 100, for a call with three input tokens to each output token.</param>
/// <param name="Factor">How many times as much the other model costs, or null when the cheaper one is free.</param>
public sealed record CheaperModel(ModelPrice Model, decimal SavedPercent, decimal? Factor);
