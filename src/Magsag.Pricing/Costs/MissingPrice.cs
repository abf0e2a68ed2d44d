namespace Magsag.Pricing.Costs;

/// <summary>What a cost lacks, so that a report can say what its lower bound leaves out.</summary>
/// <param name="Model">The model id as it arrived.</param>
/// <param name="Reason">Why there is no price.</param>
/// <param name="Calls">How many calls lack it.</param>
/// <param name="Tokens">How many tokens they used, where that is known.</param>
/// <param name="Detail">The particulars in plain English: nearest names, the tier, the contradiction.</param>
public sealed record MissingPrice(string Model, MissingReason Reason, long Calls, long Tokens, string Detail);
