using System.Text.Json;
using Magsag.Runtime;

namespace Magsag.Storage;

/// <summary>An open claim as it stands in a store: its worst case and the slots that it is entered in.</summary>
/// <param name="Amount">The worst case.</param>
/// <param name="IsCharged">Whether it expired and counts as spent already.</param>
/// <param name="Slots">The slots, by account and start in ticks of UTC.</param>
internal sealed record StoredClaim(BudgetAmount Amount, bool IsCharged, IReadOnlyList<KeyValuePair<string, long>> Slots)
{
    /// <summary>The slots as one text.</summary>
    public static string TextOf(IEnumerable<BudgetLine> lines)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartArray();
            foreach (BudgetLine line in lines)
            {
                json.WriteStringValue(line.Account);
                json.WriteNumberValue(line.Slot.UtcTicks);
            }

            json.WriteEndArray();
        }

        return System.Text.Encoding.UTF8.GetString(buffer.ToArray());
    }

    /// <summary>Reads the slots of a text.</summary>
    public static IReadOnlyList<KeyValuePair<string, long>> SlotsOf(string text)
    {
        using JsonDocument json = JsonDocument.Parse(text);
        JsonElement[] parts = [.. json.RootElement.EnumerateArray()];
        return [.. Enumerable.Range(0, parts.Length / 2).Select(index => new KeyValuePair<string, long>(parts[2 * index].GetString()!, parts[(2 * index) + 1].GetInt64()))];
    }
}
