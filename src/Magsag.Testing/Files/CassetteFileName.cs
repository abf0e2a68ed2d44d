using System.Security.Cryptography;
using System.Text;

namespace Magsag.Testing.Files;

/// <summary>Names a cassette's file after its test. A name can't leave the folder, fits every file system, and two tests never share one.</summary>
internal static class CassetteFileName
{
    private const int Longest = 120;
    private const int Kept = 100;

    private static readonly string[] Devices = ["con", "prn", "aux", "nul", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8", "com9", "lpt1", "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9"];

    /// <summary>The name, without its ending, of a text that may hold anything.</summary>
    public static string Clean(string name)
    {
        var clean = new StringBuilder(name.Length);
        foreach (Rune rune in name.EnumerateRunes())
        {
            clean.Append(Rune.IsLetterOrDigit(rune) || rune.Value is '_' or '-' or '.' ? rune.ToString() : "_");
        }

        string text = clean.ToString().Trim('.');
        bool isChanged = text != name || text.Length == 0 || Devices.Contains(text.Split('.')[0], StringComparer.OrdinalIgnoreCase);
        if (!isChanged && Encoding.UTF8.GetByteCount(text) <= Longest)
        {
            return text;
        }

        while (Encoding.UTF8.GetByteCount(text) > Kept)
        {
            text = text[..^(char.IsLowSurrogate(text[^1]) ? 2 : 1)];
        }

        return $"_{text}.{HashOf(name)}";
    }

    /// <summary>The path of a cassette below a folder. Where another test's file differs only in case, the name's hash tells them apart.</summary>
    public static string PathOf(string directory, string name)
    {
        string clean = Clean(name);
        string hashed = Path.Combine(directory, $"{clean}.{HashOf(name)}.json");
        string plain = Path.Combine(directory, clean + ".json");
        if (File.Exists(hashed) || !Directory.Exists(directory))
        {
            return File.Exists(hashed) ? hashed : plain;
        }

        return Directory.EnumerateFiles(directory, "*.json").Select(Path.GetFileName).Any(other => string.Equals(other, clean + ".json", StringComparison.OrdinalIgnoreCase) && other != clean + ".json") && !HasExactly(directory, clean + ".json") ? hashed : plain;
    }

    /// <summary>Eight hexadecimal digits of a text's SHA-256.</summary>
    public static string HashOf(string text) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..8].ToLowerInvariant();

    private static bool HasExactly(string directory, string file) => Directory.EnumerateFiles(directory, "*.json").Any(path => Path.GetFileName(path) == file);
}
