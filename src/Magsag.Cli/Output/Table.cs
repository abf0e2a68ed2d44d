namespace Magsag.Cli.Output;

/// <summary>A table that every output format renders.</summary>
/// <param name="Key">Its name for programs, in snake_case.</param>
/// <param name="Title">Its name for people.</param>
/// <param name="Columns">What stands in the columns.</param>
/// <param name="Rows">The values: text, lists of names, whole numbers, decimals, times; null where something isn't known.</param>
internal sealed record Table(string Key, string Title, IReadOnlyList<TableColumn> Columns, IReadOnlyList<IReadOnlyList<object?>> Rows)
{
    /// <summary>Where a column stands; null when the table has none of that name.</summary>
    public int? IndexOf(string key) => Enumerable.Range(0, Columns.Count).Cast<int?>().FirstOrDefault(index => Columns[index!.Value].Key == key);
}
