using System.Globalization;
using Magsag.Ledger.Records;

namespace Magsag.Storage.Schema;

/// <summary>A place in the order of records: behind the one with this time and id. Pages that go by it neither repeat nor skip what stays.</summary>
internal readonly record struct RecordCursor(long Ticks, Guid Id)
{
    public static RecordCursor From(LedgerRecord record) => new(record.Timestamp.UtcTicks, record.Id);

    public static RecordCursor Parse(string text)
    {
        string[] parts = text.Split('_');
        return parts.Length == 2
            && long.TryParse(parts[0], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out long ticks)
            && Guid.TryParseExact(parts[1], "N", out Guid id)
            ? new RecordCursor(ticks, id)
            : throw new ArgumentException($"'{text}' isn't a cursor; expected the 'next' of the page before.", nameof(text));
    }

    public bool IsBefore(RecordCursor other) => Ticks != other.Ticks ? Ticks < other.Ticks : Id.CompareTo(other.Id) < 0;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Ticks:x}_{Id:N}");
}
