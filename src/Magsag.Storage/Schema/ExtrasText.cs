using System.Globalization;
using System.Text.Json;
using Magsag.Ledger.Records;
using Magsag.Pricing.Tokens;

namespace Magsag.Storage.Schema;

/// <summary>Counts that few calls have as one text: a JSON object with the names of the ledger, without what is 0.</summary>
internal static class ExtrasText
{
    public static string? Write(UsageExtras? extras)
    {
        if (extras is null)
        {
            return null;
        }

        IEnumerable<string> members =
            from extra in UsageCount.Extras
            let amount = extras.Counts.AmountOf(extra.Unit)
            where amount != 0m
            select string.Create(CultureInfo.InvariantCulture, $"\"{extra.Name}\":{amount}");
        return $"{{{string.Join(',', members)}}}";
    }

    public static UsageExtras? Parse(string? text)
    {
        if (text is null)
        {
            return null;
        }

        using var json = JsonDocument.Parse(text);
        Usage usage = default;
        foreach (JsonProperty member in json.RootElement.EnumerateObject())
        {
            usage = UsageCount.Find(member.Name) is { } extra ? usage.With(extra.Unit, member.Value.GetDecimal()) : usage;
        }

        return UsageExtras.Of(usage);
    }
}
