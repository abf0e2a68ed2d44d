using Magsag.Storage.Budgets;
using Magsag.Storage.Budgets.Slices;
using Npgsql;

namespace Magsag.Storage.Tests;

/// <summary>The code of docs/guides/budgets.md about stores, line by line, so that the compiler sees it.</summary>
internal static class BudgetGuideCode
{
    public static async Task OpenAsync(NpgsqlDataSource dataSource)
    {
        await using PostgresBudgetStore store = await PostgresBudgetStore.OpenAsync(dataSource, new BudgetSliceOptions { RefusablePart = 0.05m });
    }
}
