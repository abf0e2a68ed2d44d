using System.Text.Json;
using Magsag.Runtime;

namespace Magsag.Storage.Budgets;

/// <summary>Writes and reads which slots a claim is entered in, as one text: account, start, account, start …</summary>
internal static class ClaimSlots
{
    public static string Write(IEnumerable<BudgetSlot> slots)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartArray();
            foreach (BudgetSlot slot in slots)
            {
                json.WriteStringValue(slot.Account);
                json.WriteNumberValue(slot.Start);
            }

            json.WriteEndArray();
        }

        return System.Text.Encoding.UTF8.GetString(buffer.ToArray());
    }

    public static IReadOnlyList<(string Account, long Start)> Read(string text)
    {
        using JsonDocument json = JsonDocument.Parse(text);
        JsonElement[] parts = [.. json.RootElement.EnumerateArray()];
        return [.. parts.Chunk(2).Select(static slot => (slot[0].GetString()!, slot[1].GetInt64()))];
    }
}
