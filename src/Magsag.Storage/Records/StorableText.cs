namespace Magsag.Storage;

/// <summary>Texts as both databases can keep them.</summary>
internal static class StorableText
{
    /// <summary>The text with U+FFFD in the place of U+0000, which PostgreSQL refuses.</summary>
    public static string? Of(string? text) => text?.Replace('\0', '\uFFFD');
}
