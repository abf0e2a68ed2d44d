using Magsag.Ledger.Records;

namespace Magsag.Storage;

/// <summary>What many records have in common: whom they are attributed to and what was called. Stored, indexed and searched once.</summary>
internal readonly record struct Series(
    string? Agent,
    string? Customer,
    string? BillingTier,
    string? Tags,
    string? Provider,
    string? Model,
    string? RequestedModel,
    string Operation,
    string? ServiceTier,
    bool Batch,
    string? PriceId,
    string? Test,
    string? Site,
    string? Member,
    Guid? Module,
    string? Experiment,
    string? Variant,
    string? UsageIssue,
    string? Region)
{
    public static Series Of(LedgerRecord record) => new(
        record.Agent,
        record.Customer,
        record.BillingTier,
        TagText.From(StorableText.Of(record.Tags)),
        record.Provider,
        record.Model,
        record.RequestedModel,
        record.Operation,
        record.ServiceTier,
        record.Batch,
        record.PriceId,
        record.Test,
        record.Site,
        record.Member,
        record.Module,
        record.Experiment,
        record.Variant,
        record.UsageIssue,
        record.Region);

    /// <summary>Tells series apart in the database.</summary>
    public Guid Key => RowKey.Of([Agent, Customer, BillingTier, Tags, Provider, Model, RequestedModel, Operation, ServiceTier, Batch ? "1" : "0", PriceId, Test, Site, Member, Module?.ToString("N"), Experiment, Variant, UsageIssue, Region]);

    /// <summary>The same with texts that every database can keep: PostgreSQL has no U+0000.</summary>
    public Series Storable() => new(
        StorableText.Of(Agent),
        StorableText.Of(Customer),
        StorableText.Of(BillingTier),
        Tags,
        StorableText.Of(Provider),
        StorableText.Of(Model),
        StorableText.Of(RequestedModel),
        StorableText.Of(Operation)!,
        StorableText.Of(ServiceTier),
        Batch,
        StorableText.Of(PriceId),
        StorableText.Of(Test),
        StorableText.Of(Site),
        StorableText.Of(Member),
        Module,
        StorableText.Of(Experiment),
        StorableText.Of(Variant),
        StorableText.Of(UsageIssue),
        StorableText.Of(Region));
}
