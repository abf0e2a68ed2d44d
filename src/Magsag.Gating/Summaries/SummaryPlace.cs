using Magsag.Pricing;

namespace Magsag.Gating;

/// <summary>Where records like a certain one are added up.</summary>
internal sealed class SummaryPlace(in RecordFields example)
{
    private readonly RecordFields _example = example;
    private readonly long _slot = example.Timestamp.UtcTicks / RunSpend.Slot.Ticks;

    public ModelPrice? Price { get; init; }

    public RunOutcome? Run { get; init; }

    public RunningTotals Spend { get; init; } = null!;

    public RunningTotals? Customer { get; init; }

    public long ContextTier { get; set; }

    public RunningTotals? Entry { get; set; }

    /// <summary>Whether a record is added up in the same places, but for the context tier.</summary>
    public bool IsOf(in RecordFields record) =>
        _example.RunId == record.RunId
        && _example.Agent == record.Agent
        && _example.Customer == record.Customer
        && _example.Model == record.Model
        && _example.Site == record.Site
        && _example.Test == record.Test
        && _example.Member == record.Member
        && _example.RequestedModel == record.RequestedModel
        && _example.Provider == record.Provider
        && _example.OperationOrChat == record.OperationOrChat
        && _example.ServiceTier == record.ServiceTier
        && _example.Region == record.Region
        && _example.Batch == record.Batch
        && _example.BillingTier == record.BillingTier
        && _slot == record.Timestamp.UtcTicks / RunSpend.Slot.Ticks
        && _example.Kind == CallOutcome.Correction == (record.Kind == CallOutcome.Correction)
        && TagText.AreSame(_example.Tags, record.Tags);

    /// <summary>A number that tells most records of different places apart, for little: names mostly differ in their last letters.</summary>
    public static uint HashOf(in RecordFields record)
    {
        uint hash = (uint)(record.Timestamp.UtcTicks / RunSpend.Slot.Ticks);
        hash = With(hash, record.RunId);
        hash = With(hash, record.Agent);
        hash = With(hash, record.Customer);
        hash = With(hash, record.Model);
        hash = With(hash, record.Site);
        hash = With(hash, record.Test);
        hash = With(hash, record.OperationOrChat);
        return hash ^ (hash >> 15);
    }

    private static uint With(uint hash, string? name) => name is null || name.Length < 2
        ? hash * 0x9E3779B1u
        : ((hash << 5) ^ (hash >> 27) ^ (uint)name.Length ^ ((uint)name[name.Length - 1] << 8) ^ ((uint)name[name.Length - 2] << 16)) * 0x9E3779B1u;
}
