namespace Magsag.Storage.Schema;

/// <summary>Texts as both databases can keep them.</summary>
internal static class StorableText
{
    /// <summary>The text with U+FFFD in the place of U+0000, which PostgreSQL refuses.</summary>
    public static string? Clean(string? text) => text?.Replace('\0', '\uFFFD');

    /// <summary>Tags with such texts; of names that become the same the last one counts.</summary>
    public static IReadOnlyDictionary<string, string>? Clean(IReadOnlyDictionary<string, string>? tags)
    {
        if (tags is null || tags.All(static tag => !tag.Key.Contains('\0') && !tag.Value.Contains('\0')))
        {
            return tags;
        }

        var storable = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach ((string name, string value) in tags)
        {
            storable[Clean(name)!] = Clean(value)!;
        }

        return storable;
    }
}
