namespace Magsag.Cli.Output;

/// <summary>A column with its value for an item of the table.</summary>
/// <param name="Key">Its name for programs, in snake_case.</param>
/// <param name="Title">Its name for people.</param>
/// <param name="Value">Reads the value; null where it isn't known.</param>
/// <param name="Kind">What its values are.</param>
/// <param name="ForProgramsOnly">Left out of text and Markdown.</param>
internal sealed record TableColumn<T>(string Key, string Title, Func<T, object?> Value, CellKind Kind = CellKind.Text, bool ForProgramsOnly = false)
    : TableColumn(Key, Title, Kind, ForProgramsOnly);
