using Magsag.Runtime;

namespace Magsag.Storage.BudgetCaller;

/// <summary>The one account that all callers claim from.</summary>
public static class BudgetTest
{
    /// <summary>The account with its limit.</summary>
    internal static BudgetLine Line(decimal limit, string account) =>
        new(account, DateTimeOffset.UnixEpoch, DateTimeOffset.MinValue, DateTimeOffset.MaxValue, DateTimeOffset.UtcNow.AddDays(1)) { MaxUsd = limit };
}
