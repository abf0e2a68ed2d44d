using System.Collections;

namespace Magsag.Cli.Output;

/// <summary>Rows that are computed while they are printed, so that a long, wide table is never in memory as a whole.</summary>
internal sealed class TableRows<T>(IReadOnlyList<T> items, IReadOnlyList<TableColumn<T>> columns) : IReadOnlyList<IReadOnlyList<object?>>
{
    public int Count => items.Count;

    public IReadOnlyList<object?> this[int index] => [.. columns.Select(column => column.Value(items[index]))];

    public IEnumerator<IReadOnlyList<object?>> GetEnumerator() => Enumerable.Range(0, Count).Select(index => this[index]).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
