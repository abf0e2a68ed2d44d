using System.Security.Cryptography;
using System.Text;

namespace Magsag.Cli.Prices;

/// <summary>A catalogue that was brought into a repository, and the line of <c>magsag.prices.yaml</c> that names it.</summary>
internal static class CatalogueFile
{
    public static string HashOf(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));

    /// <exception cref="UnreadableInputException">It isn't a catalogue.</exception>
    public static PriceCatalog Parse(byte[] content, string file)
    {
        try
        {
            return PriceCatalog.Parse(Encoding.UTF8.GetString(content), file);
        }
        catch (PriceFormatException error)
        {
            throw new UnreadableInputException(file, error.Line, error.Problem, error);
        }
    }

    /// <summary>The text of a file of own prices that lies over the catalogue; the rest of it stays.</summary>
    public static string Name(string yaml, string file, string hash)
    {
        string line = $"catalogue: {{ file: {file}, sha256: {hash} }}";
        List<string> lines = [.. yaml.Replace("\r", "", StringComparison.Ordinal).TrimEnd('\n').Split('\n')];
        int named = lines.FindIndex(static text => text.StartsWith("catalogue:", StringComparison.Ordinal));
        if (named >= 0)
        {
            lines[named] = line;
        }
        else
        {
            lines.Insert(lines.FindIndex(static text => text.StartsWith("version:", StringComparison.Ordinal)) + 1, line);
        }

        return string.Join('\n', lines) + "\n";
    }
}
