using System.Globalization;
using Magsag.Ledger.Records;

namespace Magsag.Storage;

/// <summary>What distinguishes the rows of the roll-up that answers questions about tests and call sites.</summary>
internal readonly record struct CodeKey(int Day, string? Test, string? Site, CallOutcome Outcome)
{
    public Guid Key => RowKey.Of([Day.ToString(CultureInfo.InvariantCulture), Test, Site, ((int)Outcome).ToString(CultureInfo.InvariantCulture)]);
}
