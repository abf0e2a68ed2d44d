using Magsag.Storage.Sqlite;
using Magsag.Storage.Stores;
using Microsoft.Data.Sqlite;

namespace Magsag.Storage.Tests;

/// <summary>Those who write into one file take turns.</summary>
public sealed class TurnTests
{
    [Fact]
    public async Task Who_waits_is_next_even_if_the_one_before_wants_another_turn_at_once()
    {
        using var runs = new RunsDirectory();
        using SqliteWriterQueue mine = TurnsOf(runs), theirs = TurnsOf(runs);
        List<string> order = [];

        mine.Acquire();
        Task their = OnThreadOfItsOwn(() => InTurn(theirs, () => order.Add("theirs")));
        SpinWait.SpinUntil(() => mine.HasWaiters);
        order.Add("mine");
        mine.Release();
        InTurn(mine, () => order.Add("mine again"));
        await their;

        Assert.Equal(["mine", "theirs", "mine again"], order);
    }

    [Fact]
    public async Task A_turn_whose_thread_ended_without_ending_it_passes_on()
    {
        using var runs = new RunsDirectory();
        using SqliteWriterQueue killed = TurnsOf(runs), next = TurnsOf(runs);
        await OnThreadOfItsOwn(killed.Acquire);
        bool taken = false;

        InTurn(next, () => taken = true);

        Assert.True(taken);
    }

    [Fact]
    public async Task Who_has_the_turn_and_does_not_get_on_is_given_up()
    {
        using var runs = new RunsDirectory();
        using SqliteWriterQueue stuck = TurnsOf(runs), impatient = TurnsOf(runs, new StoreWaiting { Limit = TimeSpan.Zero });
        using var given = new ManualResetEventSlim();
        using var taken = new ManualResetEventSlim();
        Task holds = OnThreadOfItsOwn(() => InTurn(stuck, () =>
        {
            taken.Set();
            given.Wait();
        }));
        taken.Wait();

        Assert.Throws<SqliteException>(impatient.Acquire);

        given.Set();
        await holds;
        InTurn(impatient, static () => { });
    }

    private static SqliteWriterQueue TurnsOf(RunsDirectory runs, StoreWaiting? waiting = null) => new(runs.Database, new SqliteLockWait(runs.Database, waiting ?? new StoreWaiting { Limit = TimeSpan.MaxValue }));

    private static Task OnThreadOfItsOwn(Action action) => Task.Factory.StartNew(action, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private static void InTurn(SqliteWriterQueue turns, Action action)
    {
        turns.Acquire();
        try
        {
            action();
        }
        finally
        {
            turns.Release();
        }
    }
}
