using System.Reflection;
using Xunit.Sdk;

namespace Magsag.Storage.Tests;

/// <summary>Runs a test with each database. Without PostgreSQL it runs with SQLite alone; <see cref="PostgresStoreTests"/> says so then.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class EveryStoreAttribute : DataAttribute
{
    public override IEnumerable<object[]> GetData(MethodInfo testMethod)
    {
        yield return [StoreKind.Sqlite];
        if (PostgresInstallation.Directory is not null || PostgresInstallation.IsRequired)
        {
            yield return [StoreKind.Postgres];
        }
    }
}
