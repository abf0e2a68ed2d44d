namespace Magsag.Pricing;

/// <summary>All that decides what one call costs.</summary>
/// <param name="Model">The model as billed.</param>
/// <param name="Usage">The call's token counts.</param>
/// <param name="Terms">When and how the call was made.</param>
/// <param name="Provider">The provider that was called, when known.</param>
public readonly record struct BilledCall(string Model, Usage Usage, PriceTerms Terms, string? Provider = null);
