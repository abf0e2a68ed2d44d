using Magsag.Runtime;
using Magsag.Storage.Budgets;
using Magsag.Storage.Budgets.Slices;
using Npgsql;

namespace Magsag.Storage.Tests;

/// <summary>One place where budgets are kept, which the processes of simulations open, and leave without a word when they crash.</summary>
internal sealed class SimulatedBudgets(BudgetStoreKind kind) : IAsyncDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("magsag-budget-");
    private readonly NpgsqlDataSource? _source = kind == BudgetStoreKind.Postgres ? NpgsqlDataSource.Create(BudgetDatabase.Create()) : null;
    private readonly InMemoryBudgetStore _memory = new(new JumpingClock(DateTimeOffset.UnixEpoch));
    private readonly List<BudgetStore> _stores = [];
    private bool _hasCrashed;

    /// <summary>The part of a limit in which no call is refused that fits. What crashed processes had leased is missing from it.</summary>
    public decimal CertainPart => kind != BudgetStoreKind.Postgres ? 1m : _hasCrashed ? 0m : 1m - new BudgetSliceOptions().RefusablePart;

    /// <summary>Whether a process may be refused because another, whose clock is behind, holds a slice in a window that reaches back farther.</summary>
    public bool HasSlices => kind == BudgetStoreKind.Postgres;

    /// <summary>Begins a simulation.</summary>
    public void Begin() => _hasCrashed = false;

    public async Task<BudgetStore> StartAsync(BudgetStore? crashed, TimeProvider clock)
    {
        _hasCrashed |= crashed is not null;
        BudgetStore store = kind switch
        {
            BudgetStoreKind.Memory => _memory,
            BudgetStoreKind.Sqlite => new SqliteBudgetStore(Path.Combine(_directory.FullName, "budgets.db"), clock),
            _ => await PostgresBudgetStore.OpenAsync(_source!, new BudgetSliceOptions(), clock, CancellationToken.None, clock.GetTimestamp),
        };
        _stores.Add(store);
        return store;
    }

    public ValueTask ReturnAsync(BudgetStore store) => store is PostgresBudgetStore server ? server.ReturnAsync() : ValueTask.CompletedTask;

    /// <summary>Ends the processes of a simulation.</summary>
    public async Task EndAsync()
    {
        foreach (BudgetStore store in _stores)
        {
            (store as IDisposable)?.Dispose();
            if (store is IAsyncDisposable server)
            {
                await server.DisposeAsync();
            }
        }

        _stores.Clear();
    }

    public async ValueTask DisposeAsync()
    {
        await EndAsync();
        if (_source is not null)
        {
            await _source.DisposeAsync();
        }

        _directory.Delete(recursive: true);
    }
}
