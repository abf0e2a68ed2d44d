namespace Magsag.Cli.Output;

/// <summary>One named figure of a report.</summary>
/// <param name="Key">Its name for programs, in snake_case.</param>
/// <param name="Title">Its name for people.</param>
/// <param name="Value">The value; null when it isn't known.</param>
/// <param name="Kind">What it is.</param>
internal sealed record Fact(string Key, string Title, object? Value, CellKind Kind = CellKind.Text);
