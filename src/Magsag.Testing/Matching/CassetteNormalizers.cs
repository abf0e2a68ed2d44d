using System.Text.RegularExpressions;

namespace Magsag.Testing;

/// <summary>Takes what changes from run to run out of texts before requests are compared. None is used unless a test asks for it: most prompts shouldn't hold such things (MAG006).</summary>
public static partial class CassetteNormalizers
{
    /// <summary>Replaces dates and times as ISO 8601 and common formats write them.</summary>
    /// <param name="text">A text of the request.</param>
    /// <returns>The text with <c>[date]</c> in their place.</returns>
    public static string Dates(string text) => DatePattern().Replace(text, "[date]");

    /// <summary>Replaces GUIDs.</summary>
    /// <param name="text">A text of the request.</param>
    /// <returns>The text with <c>[guid]</c> in their place.</returns>
    public static string Guids(string text) => GuidPattern().Replace(text, "[guid]");

    /// <summary>Replaces paths of temporary folders and of users' own.</summary>
    /// <param name="text">A text of the request.</param>
    /// <returns>The text with <c>[path]</c> in their place.</returns>
    public static string Paths(string text) => PathPattern().Replace(text, "[path]");

    internal static IReadOnlyList<(string Name, string Of, Func<string, string> Normalize)> All { get; } =
    [
        (nameof(Dates), "a date or time", Dates),
        (nameof(Guids), "a GUID", Guids),
        (nameof(Paths), "a path", Paths),
    ];

    [GeneratedRegex(@"\b\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?\b|\b\d{1,2}[./]\d{1,2}[./]\d{4}\b|\b\d{1,2}:\d{2}(?::\d{2})?(?: ?[AP]M)?\b|\b1[5-9]\d{8}(?:\d{3})?\b", RegexOptions.CultureInvariant)]
    private static partial Regex DatePattern();

    [GeneratedRegex(@"\b[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}\b|\b[0-9a-f]{32}\b", RegexOptions.CultureInvariant)]
    private static partial Regex GuidPattern();

    [GeneratedRegex(@"(?:/tmp|/var/folders|/home/[^\s/]+|/Users/[^\s/]+)/[^\s""']*|\b[A-Za-z]:\\(?:[^\s\\""']+\\)*[^\s\\""']*", RegexOptions.CultureInvariant)]
    private static partial Regex PathPattern();
}
