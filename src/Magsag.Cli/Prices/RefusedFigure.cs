namespace Magsag.Cli.Prices;

/// <summary>A price of another list that isn't taken over.</summary>
/// <param name="Provider">The provider.</param>
/// <param name="Model">The model as the list names it.</param>
/// <param name="Line">The line of the list.</param>
/// <param name="Figure">The members that lead to it.</param>
/// <param name="Reason">Why.</param>
internal sealed record RefusedFigure(string Provider, string Model, int Line, string Figure, string Reason);
