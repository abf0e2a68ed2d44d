using System.Collections;

namespace Magsag.Cli.Output;

/// <summary>Rows that are made when they are printed, so that a long and wide table never is in memory as a whole.</summary>
internal sealed class MadeRows<T>(IReadOnlyList<T> items, Func<T, IReadOnlyList<object?>> rowOf) : IReadOnlyList<IReadOnlyList<object?>>
{
    public int Count => items.Count;

    public IReadOnlyList<object?> this[int index] => rowOf(items[index]);

    public IEnumerator<IReadOnlyList<object?>> GetEnumerator() => items.Select(rowOf).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
