namespace Magsag.Storage.Tests;

/// <summary>A database that a store can be in.</summary>
public enum StoreKind
{
    Sqlite,
    Postgres,
}
