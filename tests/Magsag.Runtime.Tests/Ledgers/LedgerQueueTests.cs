namespace Magsag.Runtime.Tests;

public sealed class LedgerQueueTests
{
    [Fact]
    public void What_is_put_in_comes_out_in_order()
    {
        var queue = new LedgerQueue(4);
        queue.TryAdd("a");
        queue.TryAdd("b");

        Assert.Equal(["a", "b"], TakeAll(queue));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 3)]
    public void It_takes_as_many_as_its_capacity_and_again_when_they_are_gone(int capacity, int taken)
    {
        var queue = new LedgerQueue(capacity);

        for (int round = 0; round < 3; round++)
        {
            Assert.Equal(taken, Enumerable.Range(0, 10).Count(number => queue.TryAdd(number)));
            Assert.Equal(taken, TakeAll(queue).Count);
        }
    }

    [Fact]
    public void A_closed_queue_takes_nothing_more()
    {
        var queue = new LedgerQueue(4);

        queue.Close();

        Assert.False(queue.TryAdd("late"));
    }

    [Fact]
    public void What_is_in_a_queue_when_it_is_closed_can_still_be_taken()
    {
        var queue = new LedgerQueue(4);
        queue.TryAdd("a");
        queue.Close();

        Assert.Equal(["a"], TakeAll(queue));
    }

    [Fact]
    public void Nothing_is_lost_doubled_or_reordered_between_threads()
    {
        const int Threads = 8;
        const int Each = 20_000;
        var queue = new LedgerQueue(64);
        Thread[] threads = [.. Enumerable.Range(0, Threads).Select(thread => new Thread(() =>
        {
            for (int number = 0; number < Each; number++)
            {
                var wait = default(SpinWait);
                while (!queue.TryAdd((thread, number)))
                {
                    wait.SpinOnce();
                }
            }
        }))];
        Array.ForEach(threads, static thread => thread.Start());

        int[] next = new int[Threads];
        for (int taken = 0; taken < Threads * Each;)
        {
            if (!queue.TryTake(out object? item))
            {
                Thread.Yield();
                continue;
            }

            (int thread, int number) = ((int, int))item;
            Assert.Equal(next[thread]++, number);
            taken++;
        }
    }

    private static List<object> TakeAll(LedgerQueue queue)
    {
        List<object> items = [];
        while (queue.TryTake(out object? item))
        {
            items.Add(item);
        }

        return items;
    }
}
