using Magsag.Ledger.Records;
using Magsag.Pricing.Catalogue;

namespace Magsag.Ledger.Summaries;

/// <summary>Where records like a certain one are added up.</summary>
internal sealed class SummaryPlace(in RecordFields example)
{
    private readonly string? _runId = example.RunId;
    private readonly string? _agent = example.Agent;
    private readonly string? _customer = example.Customer;
    private readonly string? _model = example.Model;
    private readonly string? _site = example.Site;
    private readonly string? _test = example.Test;
    private readonly string? _member = example.Member;
    private readonly string? _requestedModel = example.RequestedModel;
    private readonly string? _provider = example.Provider;
    private readonly string _operation = example.OperationOrChat;
    private readonly string? _serviceTier = example.ServiceTier;
    private readonly string? _region = example.Region;
    private readonly bool _batch = example.Batch;
    private readonly string? _billingTier = example.BillingTier;
    private readonly IReadOnlyDictionary<string, string>? _tags = example.Tags;
    private readonly bool _isCorrection = example.Kind == CallOutcome.Correction;
    private readonly long _slot = example.Timestamp.UtcTicks / RunSpend.Slot.Ticks;

    public ModelPrice? Price { get; init; }

    public RunOutcome? Run { get; init; }

    public RunningTotals Spend { get; init; } = null!;

    public RunningTotals? Customer { get; init; }

    public long ContextTier { get; set; }

    public RunningTotals? Entry { get; set; }

    /// <summary>The records of this place that are in none of its sums yet: most calls stand together with many of their kind, and are added to all sums at once.</summary>
    public RunningTotals Pending { get; private set; } = new();

    /// <summary>Adds the records that are in none of the sums yet.</summary>
    public void AddPending()
    {
        Entry?.Add(Pending);
        Spend.Add(Pending);
        Customer?.Add(Pending);
        Pending = new RunningTotals();
    }

    /// <summary>Whether a record is added up in the same places, but for the context tier.</summary>
    public bool IsOf(in RecordFields record) =>
        _runId == record.RunId
        && _agent == record.Agent
        && _customer == record.Customer
        && _model == record.Model
        && _site == record.Site
        && _test == record.Test
        && _member == record.Member
        && _requestedModel == record.RequestedModel
        && _provider == record.Provider
        && _operation == record.OperationOrChat
        && _serviceTier == record.ServiceTier
        && _region == record.Region
        && _batch == record.Batch
        && _billingTier == record.BillingTier
        && _slot == record.Timestamp.UtcTicks / RunSpend.Slot.Ticks
        && _isCorrection == (record.Kind == CallOutcome.Correction)
        && TagText.AreSame(_tags, record.Tags);

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
