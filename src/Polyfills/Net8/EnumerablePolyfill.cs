namespace System.Linq;

internal static class EnumerablePolyfill
{
    public static IEnumerable<(int Index, T Item)> Index<T>(this IEnumerable<T> source) => source.Select(static (item, index) => (index, item));
}
