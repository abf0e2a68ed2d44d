namespace Magsag.Cli.Output;

/// <summary>An amount of US dollars that isn't all that was spent, or not exactly.</summary>
/// <param name="Usd">What is known of it.</param>
/// <param name="Sign">What people see before it: <c>≥</c> for a lower bound, <c>≈</c> for an estimate.</param>
internal readonly record struct BoundedAmount(decimal Usd, char Sign);
