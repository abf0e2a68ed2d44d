using System.Reflection;
using Xunit.Sdk;

namespace Magsag.Storage.Tests;

/// <summary>Runs a test with each store of budgets. Without PostgreSQL it runs with the others alone; <see cref="PostgresStoreTests"/> says so then.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class EveryBudgetStoreAttribute : DataAttribute
{
    public override IEnumerable<object[]> GetData(MethodInfo testMethod)
    {
        yield return [BudgetStoreKind.Memory];
        yield return [BudgetStoreKind.Sqlite];
        if (PostgresInstallation.Directory is not null || PostgresInstallation.IsRequired)
        {
            yield return [BudgetStoreKind.Postgres];
        }
    }
}
