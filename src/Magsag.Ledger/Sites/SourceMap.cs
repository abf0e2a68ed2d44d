using System.Security.Cryptography;
using System.Text;

namespace Magsag.Ledger.Sites;

/// <summary>Which folders of debug information are which folders below the source root: what the build tells of a project, so that a call site has one name in every checkout.</summary>
/// <remarks>
/// The build writes it into the assembly as text: entries separated by <c>|</c>, each a folder as the compiler writes it, <c>&gt;</c>, and the same folder below the source root.
/// A folder that no PathMap replaces is the path of a machine and is written as a hash (<c>#</c> and 16 digits): it can be recognised and not be read.
/// </remarks>
internal sealed class SourceMap
{
    /// <summary>The key of the assembly's metadata that holds the map.</summary>
    public const string MetadataKey = "Magsag.Sources";

    /// <summary>The key of the assembly's metadata that holds the team's own wrappers of calls, separated by commas.</summary>
    public const string CostMethodsKey = "Magsag.CostMethods";

    private const char BetweenEntries = '|';
    private const char BetweenFolders = '>';
    private const char HashMark = '#';

    private readonly IReadOnlyDictionary<string, string> _folders;

    private SourceMap(IReadOnlyDictionary<string, string> folders) => _folders = folders;

    /// <summary>The map of a project.</summary>
    /// <param name="sourceRoot">The source root, as a full path.</param>
    /// <param name="replaced">The replacements of the compiler's PathMap, in their order: the first that fits a path is applied.</param>
    public static SourceMap Create(string sourceRoot, IEnumerable<KeyValuePair<string, string>> replaced)
    {
        string root = FolderOf(sourceRoot);
        KeyValuePair<string, string>[] folders = [.. replaced.Select(static pair => new KeyValuePair<string, string>(FolderOf(pair.Key), FolderOf(pair.Value))).Where(static pair => pair.Key.Length > 1)];
        var map = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (KeyValuePair<string, string> pair in folders.Where(pair => IsBelow(pair.Key, root)))
        {
            map[pair.Value] = pair.Key.Substring(root.Length);
        }

        KeyValuePair<string, string> around = folders.FirstOrDefault(pair => IsBelow(root, pair.Key));
        map[around.Key is null ? HashOf(root) : around.Value + root.Substring(around.Key.Length)] = "";
        return new SourceMap(map);
    }

    /// <summary>Reads a map; entries that can't be read are left out.</summary>
    public static SourceMap Parse(string text)
    {
        var map = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string[] folders in text.Split(BetweenEntries).Select(static entry => entry.Split(BetweenFolders)).Where(static folders => folders.Length == 2))
        {
            map[Uri.UnescapeDataString(folders[0])] = Uri.UnescapeDataString(folders[1]);
        }

        return new SourceMap(map);
    }

    /// <summary>A source file below the source root, with forward slashes; null when the map has none of its folders.</summary>
    public string? Below(string path)
    {
        string file = path.Replace('\\', '/');
        for (int end = file.LastIndexOf('/'); end >= 0; end = end == 0 ? -1 : file.LastIndexOf('/', end - 1))
        {
            string folder = file.Substring(0, end + 1);
            if (_folders.TryGetValue(folder, out string? below) || _folders.TryGetValue(HashOf(folder), out below))
            {
                return below + file.Substring(end + 1);
            }
        }

        return null;
    }

    /// <summary>The map as text, the same for the same folders.</summary>
    public override string ToString() => string.Join(BetweenEntries.ToString(), _folders.OrderBy(static pair => pair.Key, StringComparer.Ordinal).Select(static pair => Escape(pair.Key) + BetweenFolders + Escape(pair.Value)));

    /// <summary>Reads a PathMap as the compiler does: <c>from=to</c>, separated by commas, <c>,,</c> and <c>==</c> for the signs themselves.</summary>
    public static IEnumerable<KeyValuePair<string, string>> ReplacementsIn(string pathMap)
    {
        const char Comma = '\u0001';
        const char Equal = '\u0002';
        foreach (string entry in pathMap.Replace(",,", Comma.ToString()).Split(','))
        {
            string[] sides = entry.Replace("==", Equal.ToString()).Split('=');
            if (sides.Length == 2 && sides[0].Trim().Length > 0)
            {
                yield return new KeyValuePair<string, string>(Plain(sides[0]), Plain(sides[1]));
            }
        }

        static string Plain(string side) => side.Trim().Replace(Comma, ',').Replace(Equal, '=');
    }

    private static bool IsBelow(string folder, string other) => folder.StartsWith(other, StringComparison.Ordinal);

    private static string FolderOf(string path) => path.Replace('\\', '/').TrimEnd('/') + "/";

    private static string HashOf(string folder)
    {
        using var sha = SHA256.Create();
        byte[] hash = sha.ComputeHash(Encoding.UTF8.GetBytes(folder));
        var text = new StringBuilder(17).Append(HashMark);
        for (int at = 0; at < 8; at++)
        {
            text.Append(hash[at].ToString("x2", System.Globalization.CultureInfo.InvariantCulture));
        }

        return text.ToString();
    }

    // Slashes and the mark of a hash stay, for whoever reads the assembly's metadata; all else that a source file would have to quote is escaped.
    private static string Escape(string folder)
    {
        string mark = folder.Length > 0 && folder[0] == HashMark ? HashMark.ToString() : "";
        return mark + string.Join("/", folder.Substring(mark.Length).Split('/').Select(Uri.EscapeDataString));
    }
}
