using Magsag.Ledger.Files;
using Magsag.Ledger.Records;
using Magsag.Storage.Ingest;
using Magsag.Storage.Queries;
using Magsag.Storage.Stores;

namespace Magsag.Storage.Tests;

public sealed class IngestTests
{
    [Theory, EveryStore]
    public async Task Records_come_back_as_they_were(StoreKind kind)
    {
        await using TestStore test = await TestStore.CreateAsync(kind);
        LedgerRecord[] written = [.. Calls.Random(1, 3000)];
        test.Runs.Append("a", written);

        IngestResult result = await test.IngestAsync();

        Assert.Empty(result.Problems);
        Assert.Equal(3000, result.Records);
        List<LedgerRecord> read = await test.Store.ReadAllAsync();
        LedgerRecord[] ordered = [.. written.OrderBy(record => record.Timestamp).ThenBy(record => record.Id)];
        Assert.Equal(ordered.Select(record => record with { Tags = null }), read.Select(record => record with { Tags = null }));
        Assert.Equal(ordered.Select(record => record.Tags?["team"]), read.Select(record => record.Tags?["team"]));
    }

    [Theory, EveryStore]
    public async Task What_is_unknown_stays_unknown(StoreKind kind)
    {
        await using TestStore test = await TestStore.CreateAsync(kind);
        test.Runs.Append("a", new LedgerRecord { Id = Guid.CreateVersion7(), Timestamp = Calls.Noon });
        await test.IngestAsync();

        LedgerRecord read = Assert.Single(await test.Store.ReadAllAsync());

        Assert.Null(read.CostUsd);
        Assert.Null(read.InputTokens);
        Assert.Null(read.Agent);
        Assert.Equal(1, (await test.Store.TotalAsync()).Totals.UnmeteredCalls);
    }

    [Theory, EveryStore]
    public async Task The_same_file_twice_adds_nothing(StoreKind kind)
    {
        await using TestStore test = await TestStore.CreateAsync(kind);
        test.Runs.Append("a", Calls.Random(2, 500));
        await test.IngestAsync();
        CostGroup before = await test.Store.TotalAsync();

        IngestResult again = await test.IngestAsync();

        Assert.Equal(0, again.Records + again.Duplicates);
        AssertSame(before, await test.Store.TotalAsync());
    }

    [Theory, EveryStore]
    public async Task A_copy_under_another_name_adds_nothing(StoreKind kind)
    {
        await using TestStore test = await TestStore.CreateAsync(kind);
        string path = test.Runs.Append("a", Calls.Random(3, 500));
        await test.IngestAsync();
        CostGroup before = await test.Store.TotalAsync();
        File.Copy(path, test.Runs.Ledger("renamed"));

        Assert.Equal(0, (await test.IngestAsync()).Records);
        AssertSame(before, await test.Store.TotalAsync());
    }

    [Theory, EveryStore]
    public async Task A_file_that_grew_is_read_on_from_where_it_ended(StoreKind kind)
    {
        await using TestStore test = await TestStore.CreateAsync(kind);
        test.Runs.Append("a", Calls.Random(4, 500));
        await test.IngestAsync();
        test.Runs.Append("a", Calls.Random(5, 300));

        IngestResult grown = await test.IngestAsync();

        Assert.Equal((300, 0), (grown.Records, grown.Duplicates));
        Assert.Equal(800, (await test.Store.ReadAllAsync()).Count);
    }

    [Theory, EveryStore]
    public async Task A_torn_last_line_is_counted_and_read_when_it_is_complete(StoreKind kind)
    {
        await using TestStore test = await TestStore.CreateAsync(kind);
        string path = test.Runs.Append("a", Calls.Random(6, 10));
        string whole = File.ReadAllText(path);
        File.WriteAllText(path, whole[..^40]);
        IngestResult torn = await test.IngestAsync();
        File.WriteAllText(path, whole);

        IngestResult complete = await test.IngestAsync();

        Assert.Equal((9, 1), (torn.Records, torn.TornLines));
        Assert.Equal((1, 0), (complete.Records, complete.TornLines));
    }

    [Theory, EveryStore]
    public async Task A_file_that_was_cut_and_grew_again_loses_nothing_and_doubles_nothing(StoreKind kind)
    {
        await using TestStore test = await TestStore.CreateAsync(kind);
        LedgerRecord[] first = [.. Calls.Random(7, 50)];
        string path = test.Runs.Append("a", first);
        await test.IngestAsync();
        string[] lines = File.ReadAllLines(path);
        File.WriteAllLines(path, lines[..21]);
        await test.IngestAsync();
        LedgerRecord[] second = [.. Calls.Random(8, 100)];
        test.Runs.Append("a", second);

        IngestResult regrown = await test.IngestAsync();

        Assert.Equal(100, regrown.Records);
        Assert.Equal(150, (await test.Store.ReadAllAsync()).Count);
    }

    [Theory, EveryStore]
    public async Task A_file_that_was_replaced_under_its_name_is_read_from_its_beginning(StoreKind kind)
    {
        await using TestStore test = await TestStore.CreateAsync(kind);
        File.Delete(test.Runs.Append("a", Calls.Random(9, 50)));
        test.Runs.Append("a", Calls.Random(10, 50));
        await test.IngestAsync();
        File.Delete(test.Runs.Ledger());
        test.Runs.Append("a", Calls.Random(11, 500));

        IngestResult replaced = await test.IngestAsync();

        Assert.Equal(500, replaced.Records);
        Assert.Equal(550, (await test.Store.ReadAllAsync()).Count);
    }

    [Theory, EveryStore]
    public async Task A_line_that_is_no_ledger_line_stops_its_file_alone_until_it_is_mended(StoreKind kind)
    {
        await using TestStore test = await TestStore.CreateAsync(kind);
        string path = test.Runs.Append("a", Calls.Random(12, 5));
        test.Runs.AppendText("a", "not json\n");
        test.Runs.Append("a", Calls.Random(13, 5));
        test.Runs.Append("b", Calls.Random(14, 7));

        IngestResult result = await test.IngestAsync();
        UnreadableInputException problem = Assert.Single(result.Problems);
        IngestResult again = await test.IngestAsync();
        File.WriteAllText(path, File.ReadAllText(path).Replace("not json\n", "", StringComparison.Ordinal));
        IngestResult mended = await test.IngestAsync();

        Assert.Equal((path, 7, 12), (problem.File, problem.Line, result.Records));
        Assert.Equal(7, Assert.Single(again.Problems).Line);
        Assert.Equal(5, mended.Records);
        Assert.Empty(mended.Problems);
    }

    [Theory, EveryStore]
    public async Task A_cost_that_no_call_can_have_is_an_error_with_its_line(StoreKind kind)
    {
        await using TestStore test = await TestStore.CreateAsync(kind);
        test.Runs.Append("a", Calls.Any());
        test.Runs.AppendText("a", """{"v":1,"ts":"2026-11-23T18:00:00Z","usage_source":"reported","cost_usd":79228162514264337593543950335}""" + "\n");
        test.Runs.Append("a", Calls.Any());

        IngestResult result = await test.IngestAsync();

        Assert.Equal((1, 3), (result.Records, Assert.Single(result.Problems).Line));
    }

    [Theory, EveryStore]
    public async Task What_a_provider_said_that_cannot_be_is_unknown_in_the_store(StoreKind kind)
    {
        await using TestStore test = await TestStore.CreateAsync(kind);
        test.Runs.Append("a", Calls.Any() with { CostUsd = 7e28m }, Calls.Any() with { CostUsd = 7e28m }, Calls.Any() with { InputTokens = -1, CostUsd = -5m }, Calls.Any() with { Model = "\uD800" + new string('m', 1_000_000), OutputTokens = long.MaxValue });

        IngestResult result = await test.IngestAsync();

        Assert.Equal((4, 0), (result.Records, result.Problems.Count));
    }

    [Theory, EveryStore]
    public async Task Lines_of_a_later_version_are_passed_over_and_counted(StoreKind kind)
    {
        await using TestStore test = await TestStore.CreateAsync(kind);
        test.Runs.Append("a", Calls.Any());
        test.Runs.AppendText("a", """{"v":1,"kind":"of-the-future","cost_usd":1}""" + "\n");
        test.Runs.Append("a", Calls.Any());

        IngestResult result = await test.IngestAsync();

        Assert.Equal((2, 1), (result.Records, result.UnknownLines));
    }

    [Theory, EveryStore]
    public async Task Hostile_names_are_only_names(StoreKind kind)
    {
        await using TestStore test = await TestStore.CreateAsync(kind);
        const string Hostile = "x'; DROP TABLE record; --\" \0 {model} : * \\ %_ \U0001F600";
        string file = "a'; DROP TABLE record; -- \U0001F600";
        test.Runs.Append(file, Calls.Any() with { Agent = Hostile, Customer = Hostile, RunId = Hostile, Tags = new Dictionary<string, string> { [Hostile] = Hostile } });

        IngestResult result = await test.IngestAsync();

        Assert.Equal(1, result.Records);
        string stored = Hostile.Replace('\0', '\uFFFD');
        var filter = new RecordFilter { Agent = stored, Customer = stored, RunId = stored, Tags = new Dictionary<string, string> { [stored] = stored } };
        Assert.Single(await test.Store.ReadAllAsync(filter));
        Assert.Single(await test.Store.ReadAllAsync(filter with { Search = "drop \"table record\" agent:drop -nowhere tags:{model}" }));
    }

    [Theory, EveryStore]
    public async Task Two_ingesters_at_once_take_each_record_once(StoreKind kind)
    {
        await using TestStore test = await TestStore.CreateAsync(kind);
        await using ICostStore other = await CostStore.OpenAsync(test.Address);
        LedgerRecord[] records = [.. Calls.Random(15, 6_000)];
        for (int file = 0; file < 3; file++)
        {
            test.Runs.Append($"file-{file}", records.Skip(file * 2_000).Take(2_000));
        }

        // Twelve batches for the two to meet at.
        ((SqlStore)test.Store).BatchSize = ((SqlStore)other).BatchSize = 500;

        IngestResult[] results = await Task.WhenAll(test.IngestAsync(), other.IngestAsync(test.Runs.Ledgers));

        Assert.Equal(records.Length, results.Sum(result => result.Records));
        await Conservation.AssertAsync(test.Store, records);
    }

    [Theory, EveryStore]
    public async Task A_cancelled_ingest_goes_on_where_it_stopped(StoreKind kind)
    {
        await using TestStore test = await TestStore.CreateAsync(kind);
        LedgerRecord[] records = [.. Calls.Random(16, 3_000)];
        test.Runs.Append("a", records);
        ((SqlStore)test.Store).BatchSize = 1_000;
        using var stop = new CancellationTokenSource();
        var progress = new CancelOnReport(stop);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => test.Store.IngestAsync(test.Runs.Ledgers, progress, stop.Token));
        IngestResult rest = await test.IngestAsync();

        Assert.InRange(rest.Records, 1, records.Length - 1);
        await Conservation.AssertAsync(test.Store, records);
    }

    private static void AssertSame(CostGroup expected, CostGroup actual) =>
        Assert.Equal((expected.Totals, expected.CacheHits, expected.FailedCalls), (actual.Totals, actual.CacheHits, actual.FailedCalls));

    private sealed class CancelOnReport(CancellationTokenSource stop) : IProgress<IngestResult>
    {
        public void Report(IngestResult value) => stop.Cancel();
    }
}
