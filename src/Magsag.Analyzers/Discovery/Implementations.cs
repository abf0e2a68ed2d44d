namespace Magsag.Analyzers.Discovery;

/// <summary>Finds the classes that describe one SDK or one rule each, so that a new one needs no entry in a list.</summary>
internal static class Implementations
{
    /// <summary>One instance of every class of this assembly that is a <typeparamref name="T"/>, by the names of the classes.</summary>
    public static T[] CreateAll<T>() =>
    [
        .. typeof(T).Assembly.GetTypes()
            .Where(static type => !type.IsAbstract && typeof(T).IsAssignableFrom(type))
            .OrderBy(static type => type.Name, StringComparer.Ordinal)
            .Select(static type => (T)Activator.CreateInstance(type)),
    ];
}
