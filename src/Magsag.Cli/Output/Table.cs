namespace Magsag.Cli.Output;

/// <summary>A table that every output format renders.</summary>
/// <param name="Key">Its name for programs, in snake_case.</param>
/// <param name="Title">Its name for people.</param>
/// <param name="Columns">The columns.</param>
/// <param name="Rows">The values: text, lists of names, whole numbers, decimals, times; null where something isn't known.</param>
internal sealed record Table(string Key, string Title, IReadOnlyList<TableColumn> Columns, IReadOnlyList<IReadOnlyList<object?>> Rows)
{
    /// <summary>A table with one row for each item.</summary>
    public static Table From<T>(string key, string title, IReadOnlyList<T> items, IReadOnlyList<TableColumn<T>> columns) =>
        new(key, title, columns, new TableRows<T>(items, columns));
}
