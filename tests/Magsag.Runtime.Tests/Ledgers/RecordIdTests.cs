namespace Magsag.Runtime.Tests;

public sealed class RecordIdTests
{
    [Fact]
    public void An_id_is_a_UUID_of_version_7_that_begins_with_the_time()
    {
        DateTimeOffset time = new(2026, 11, 23, 18, 0, 0, 123, TimeSpan.Zero);

        Guid id = RecordId.New(time);

        Assert.Equal((7, 0x8), (id.Version, id.Variant & 0xC));
        Assert.Equal(Guid.CreateVersion7(time).ToString()[..13], id.ToString()[..13]);
    }

    [Fact]
    public void No_two_ids_are_the_same_on_any_thread()
    {
        const int Threads = 4;
        const int Each = 50_000;
        var ids = new Guid[Threads * Each];

        Parallel.For(0, Threads, thread =>
        {
            for (int number = 0; number < Each; number++)
            {
                ids[(thread * Each) + number] = RecordId.New(DateTimeOffset.UnixEpoch);
            }
        });

        Assert.Equal(ids.Length, ids.Distinct().Count());
    }
}
