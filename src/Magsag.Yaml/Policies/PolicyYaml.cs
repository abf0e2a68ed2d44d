using System.Globalization;
using Magsag.Ledger.Figures;
using Magsag.Ledger.Files;
using Magsag.Ledger.Limits;
using Magsag.Ledger.Summaries;
using Magsag.Yaml.Documents;
using YamlDotNet.RepresentationModel;

namespace Magsag.Yaml.Policies;

/// <summary>Reads the values of a policy file.</summary>
internal sealed class PolicyYaml(string path) : LocatedYaml(path, "a policy", "the keys 'schema: 1' and 'policies'")
{
    private const string Unlimited = "unlimited";

    /// <summary>A limit: an amount or a count of 0 or more; null for <c>unlimited</c>.</summary>
    public decimal? Limit(YamlNode node, LimitMeasure measure)
    {
        if (PlainText(node) == Unlimited)
        {
            return null;
        }

        return measure == LimitMeasure.UsDollars
            ? Number(node, "an amount in US dollars of 0 or more such as 2.50, or 'unlimited'")
            : Count(node, $"a number of {measure.ToString().ToLowerInvariant()} of 0 or more, or 'unlimited'");
    }

    public decimal Number(YamlNode node, string expected) =>
        decimal.TryParse(PlainText(node), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal number) && number <= FigureBounds.MostUsd
            ? number
            : throw Fault(node, $"Expected {expected}, found '{Found(node)}'.");

    public IReadOnlyList<string> Names(YamlNode node, string what)
    {
        string[] names = [.. Items(node, what).Select(Text)];
        return names.Length > 0 ? names : throw Fault(node, $"Expected a list of {what}, found an empty one; leave the key out instead.");
    }

    /// <summary>The length of a rolling window: whole minutes, hours or days, a multiple of a quarter of an hour.</summary>
    public TimeSpan Window(YamlNode node)
    {
        string text = PlainText(node) ?? "";
        TimeSpan unit = text.Length == 0 ? default : text[text.Length - 1] switch
        {
            'm' => TimeSpan.FromMinutes(1),
            'h' => TimeSpan.FromHours(1),
            'd' => TimeSpan.FromDays(1),
            _ => default,
        };
        bool known = int.TryParse(text.TrimEnd('m', 'h', 'd'), NumberStyles.None, CultureInfo.InvariantCulture, out int count) && count is > 0 and < 100_000;
        var length = new TimeSpan(known ? unit.Ticks * count : 0);
        return length > TimeSpan.Zero && length <= TimeSpan.FromDays(31) && length.Ticks % RunSpend.Slot.Ticks == 0
            ? length
            : throw Fault(node, $"Expected the length of a window such as 15m, 1h or 7d: a multiple of 15m, 31d at most. Found '{Found(node)}'.");
    }

    public TimeZoneInfo Zone(YamlNode node)
    {
        string id = Text(node);
        return TimeZones.Find(id) ?? throw Fault(node, $"The time zone '{Excerpt.From(id)}' isn't known on this machine; expected UTC or a name such as Europe/Berlin.");
    }

    private long Count(YamlNode node, string expected) =>
        long.TryParse(PlainText(node), NumberStyles.None, CultureInfo.InvariantCulture, out long count) && count <= FigureBounds.MostCount
            ? count
            : throw Fault(node, $"Expected {expected}, found '{Found(node)}'.");
}
