namespace Magsag.Storage.Tests;

/// <summary>Where budgets can be kept.</summary>
public enum BudgetStoreKind
{
    Memory,
    Sqlite,
    Postgres,
}
