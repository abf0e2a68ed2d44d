namespace Magsag.Cli.Output;

/// <summary>A column of a table.</summary>
/// <param name="Key">Its name for programs, in snake_case.</param>
/// <param name="Title">Its name for people.</param>
/// <param name="Kind">What its values are.</param>
/// <param name="ForProgramsOnly">Left out of text and Markdown, where it would hide what people look for.</param>
internal record TableColumn(string Key, string Title, CellKind Kind = CellKind.Text, bool ForProgramsOnly = false);
