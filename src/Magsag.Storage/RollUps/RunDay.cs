using System.Globalization;

namespace Magsag.Storage;

/// <summary>What distinguishes the rows of the roll-up that counts runs.</summary>
internal readonly record struct RunDay(int Day, string? Agent, string? Customer)
{
    public Guid Key => RowKey.Of([Day.ToString(CultureInfo.InvariantCulture), Agent, Customer]);

    public static RunDay Of(RunState run) => new(run.Day, run.Agent, run.Customer);
}
