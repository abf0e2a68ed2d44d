namespace Magsag.Runtime.Recording;

/// <summary>What the catalogue says of a call.</summary>
/// <param name="Usd">What it costs in US dollars; null when that isn't known.</param>
/// <param name="Id">The entry that says so; null where it isn't what counts.</param>
/// <param name="Issue">Why it is only the least that was billed; null where it is all.</param>
internal readonly record struct CallPrice(decimal? Usd, string? Id, string? Issue = null);
