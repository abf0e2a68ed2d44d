using Magsag.Runtime;
using Magsag.Storage.Budgets;
using Magsag.Storage.Budgets.Slices;
using Npgsql;

namespace Magsag.Storage.Tests;

/// <summary>An empty store of budgets, gone after the test.</summary>
internal sealed class TestBudgetStore : IAsyncDisposable
{
    private NpgsqlDataSource? _source;
    private DirectoryInfo? _directory;

    private TestBudgetStore()
    {
    }

    public required BudgetStore Store { get; init; }

    public static async Task<TestBudgetStore> OpenAsync(BudgetStoreKind kind, TimeProvider? time = null)
    {
        time ??= TimeProvider.System;
        if (kind == BudgetStoreKind.Memory)
        {
            return new TestBudgetStore { Store = new InMemoryBudgetStore(time) };
        }

        if (kind == BudgetStoreKind.Postgres)
        {
            NpgsqlDataSource source = NpgsqlDataSource.Create(BudgetDatabase.Create());
            return new TestBudgetStore { Store = await PostgresBudgetStore.OpenAsync(source, new BudgetSliceOptions(), time, CancellationToken.None), _source = source };
        }

        DirectoryInfo directory = Directory.CreateTempSubdirectory("magsag-budget-");
        return new TestBudgetStore { Store = new SqliteBudgetStore(Path.Combine(directory.FullName, "budgets.db"), time), _directory = directory };
    }

    public async ValueTask DisposeAsync()
    {
        (Store as IDisposable)?.Dispose();
        if (Store is PostgresBudgetStore server)
        {
            await server.DisposeAsync();
        }

        if (_source is not null)
        {
            await _source.DisposeAsync();
        }

        _directory?.Delete(recursive: true);
    }
}
