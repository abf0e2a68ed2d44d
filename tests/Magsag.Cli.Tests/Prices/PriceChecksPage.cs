using System.Text.RegularExpressions;

namespace Magsag.Cli.Tests.Prices;

/// <summary>The page that tells users where Magsag differs from the figures it is checked against; the tests take the list from there.</summary>
internal static partial class PriceChecksPage
{
    /// <summary>What the first column of a section's table names, each name in backticks.</summary>
    public static IReadOnlyList<string> Deviations(string heading)
    {
        return [.. Lines(heading).SelectMany(line => Name().Matches(line.Split(" | ")[0])).Select(name => name.Groups[1].Value)];
    }

    /// <summary>The cells of a section's table, without backticks.</summary>
    public static IReadOnlyList<string[]> Rows(string heading) => [.. Lines(heading).Select(line => line.Trim('|', ' ').Replace("`", "", StringComparison.Ordinal).Split(" | "))];

    private static IEnumerable<string> Lines(string heading)
    {
        string page = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "price-checks.md"));
        return page.Split($"## {heading}\n")[1].Split("\n## ")[0].Split('\n').Where(line => line.StartsWith("| `", StringComparison.Ordinal));
    }

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Name();
}
