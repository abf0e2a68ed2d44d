using System.Globalization;
using Magsag.Ledger.Records;

namespace Magsag.Storage;

/// <summary>What distinguishes the rows of the roll-up that answers questions about agents, customers and models.</summary>
internal readonly record struct DailyKey(
    int Day,
    string? Agent,
    string? Customer,
    string? BillingTier,
    string? Provider,
    string? Model,
    string? RequestedModel,
    string Operation,
    CallOutcome Outcome)
{
    public Guid Key => RowKey.Of([Day.ToString(CultureInfo.InvariantCulture), Agent, Customer, BillingTier, Provider, Model, RequestedModel, Operation, ((int)Outcome).ToString(CultureInfo.InvariantCulture)]);
}
