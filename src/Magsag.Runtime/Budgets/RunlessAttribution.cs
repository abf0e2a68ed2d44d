using System.Diagnostics.CodeAnalysis;
using Magsag.Ledger.Records;

namespace Magsag.Runtime.Budgets;

/// <summary>Takes calls of different runs for the same: the run has no part in which limits hold, only in the account of those per run.</summary>
internal sealed class RunlessAttribution : IEqualityComparer<CallAttribution>
{
    public static RunlessAttribution Comparer { get; } = new();

    public bool Equals(CallAttribution? x, CallAttribution? y) =>
        x is not null && y is not null
        && x.Agent == y.Agent && x.Model == y.Model && x.Customer == y.Customer && x.BillingTier == y.BillingTier
        && TagText.AreSame(x.Tags, y.Tags);

    public int GetHashCode([DisallowNull] CallAttribution obj) => HashCode.Combine(obj.Agent, obj.Model, obj.Customer, obj.BillingTier);
}
