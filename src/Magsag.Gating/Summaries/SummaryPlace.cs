using Magsag.Pricing;

namespace Magsag.Gating;

/// <summary>Where records like a certain one are added up.</summary>
internal sealed class SummaryPlace(LedgerRecord example)
{
    public ModelPrice? Price { get; init; }

    public RunOutcome? Run { get; init; }

    public RunningTotals Spend { get; init; } = null!;

    public RunningTotals? Customer { get; init; }

    public long ContextTier { get; set; }

    public RunningTotals? Entry { get; set; }

    /// <summary>Whether a record is added up in the same places, but for the context tier.</summary>
    public bool IsOf(LedgerRecord record) =>
        example.Outcome == CallOutcome.Correction == (record.Outcome == CallOutcome.Correction)
        && example.RunId == record.RunId
        && example.Agent == record.Agent
        && example.Customer == record.Customer
        && example.Test == record.Test
        && example.Site == record.Site
        && example.Member == record.Member
        && example.Model == record.Model
        && example.RequestedModel == record.RequestedModel
        && example.Provider == record.Provider
        && example.Operation == record.Operation
        && example.ServiceTier == record.ServiceTier
        && example.Region == record.Region
        && example.Batch == record.Batch
        && example.BillingTier == record.BillingTier
        && example.Timestamp.UtcTicks / RunSpend.Slot.Ticks == record.Timestamp.UtcTicks / RunSpend.Slot.Ticks
        && TagText.AreSame(example.Tags, record.Tags);
}
