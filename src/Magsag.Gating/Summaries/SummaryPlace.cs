using Magsag.Pricing;

namespace Magsag.Gating;

/// <summary>Where records like a certain one are added up.</summary>
internal sealed class SummaryPlace(LedgerRecord example)
{
    private readonly long _slot = example.Timestamp.UtcTicks / RunSpend.Slot.Ticks;

    public ModelPrice? Price { get; init; }

    public RunOutcome? Run { get; init; }

    public RunningTotals Spend { get; init; } = null!;

    public RunningTotals? Customer { get; init; }

    public long ContextTier { get; set; }

    public RunningTotals? Entry { get; set; }

    /// <summary>Whether a record is added up in the same places, but for the context tier.</summary>
    public bool IsOf(LedgerRecord record) =>
        example.RunId == record.RunId
        && example.Agent == record.Agent
        && example.Customer == record.Customer
        && example.Model == record.Model
        && example.Site == record.Site
        && example.Test == record.Test
        && example.Member == record.Member
        && example.RequestedModel == record.RequestedModel
        && example.Provider == record.Provider
        && example.Operation == record.Operation
        && example.ServiceTier == record.ServiceTier
        && example.Region == record.Region
        && example.Batch == record.Batch
        && example.BillingTier == record.BillingTier
        && _slot == record.Timestamp.UtcTicks / RunSpend.Slot.Ticks
        && example.Outcome == CallOutcome.Correction == (record.Outcome == CallOutcome.Correction)
        && TagText.AreSame(example.Tags, record.Tags);

    /// <summary>A number that tells most records of different places apart, for little: names mostly differ in their last letters.</summary>
    public static uint HashOf(LedgerRecord record)
    {
        uint hash = (uint)(record.Timestamp.UtcTicks / RunSpend.Slot.Ticks);
        hash = With(hash, record.RunId);
        hash = With(hash, record.Agent);
        hash = With(hash, record.Customer);
        hash = With(hash, record.Model);
        hash = With(hash, record.Site);
        hash = With(hash, record.Test);
        hash = With(hash, record.Operation);
        return hash ^ (hash >> 15);
    }

    private static uint With(uint hash, string? name) => name is null || name.Length < 2
        ? hash * 0x9E3779B1u
        : ((hash << 5) ^ (hash >> 27) ^ (uint)name.Length ^ ((uint)name[name.Length - 1] << 8) ^ ((uint)name[name.Length - 2] << 16)) * 0x9E3779B1u;
}
