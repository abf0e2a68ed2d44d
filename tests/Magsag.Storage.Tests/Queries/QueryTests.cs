using Magsag.Ledger.Records;
using Magsag.Storage.Queries;

namespace Magsag.Storage.Tests;

public sealed class QueryTests(FilledStores filled) : IClassFixture<FilledStores>
{
    /// <summary>Filters with the same question asked of the records themselves.</summary>
    public static TheoryData<StoreKind, string, RecordFilter, Func<LedgerRecord, bool>> Filters()
    {
        (string Name, RecordFilter Filter, Func<LedgerRecord, bool> Matches)[] filters =
        [
            ("run", new() { RunId = "run-3" }, static record => record.RunId == "run-3"),
            ("agent", new() { Agent = "Ärzte ÷ Söhne" }, static record => record.Agent == "Ärzte ÷ Söhne"),
            ("customer and outcome", new() { Customer = "customer-4", Outcome = CallOutcome.Error }, static record => record is { Customer: "customer-4", Outcome: CallOutcome.Error }),
            ("model as billed or requested", new() { Model = "gpt-4o-mini" }, static record => record.RequestedModel == "gpt-4o-mini"),
            ("billed model", new() { Model = "gpt-4o-2024-08-06" }, static record => record.Model == "gpt-4o-2024-08-06"),
            ("tag", new() { Tags = new Dictionary<string, string> { ["team"] = "team 1" } }, static record => record.Tags?["team"] == "team 1"),
            ("test", new() { Test = "Desk.Tests.TriageTests.Case_1" }, static record => record.Test == "Desk.Tests.TriageTests.Case_1"),
            ("site", new() { Site = "src/Triage.cs:7" }, static record => record.Site == "src/Triage.cs:7"),
            ("site's file", new() { Site = "src/Triage.cs" }, static record => record.Site is not null),
            ("outcome", new() { Outcome = CallOutcome.Cancelled }, static record => record.Outcome == CallOutcome.Cancelled),
            ("time", new() { Since = Calls.Noon.AddDays(-20), Until = Calls.Noon.AddDays(-3) }, static record => record.Timestamp >= Calls.Noon.AddDays(-20) && record.Timestamp < Calls.Noon.AddDays(-3)),
            ("agent and time", new() { Agent = "triage", Until = Calls.Noon.AddDays(-10) }, static record => record.Agent == "triage" && record.Timestamp < Calls.Noon.AddDays(-10)),
            ("word", new() { Search = "söhne" }, static record => record.Agent == "Ärzte ÷ Söhne"),
            ("words together", new() { Search = "\"drop table\"" }, static record => record.Agent?.Contains("DROP", StringComparison.Ordinal) == true),
            ("field and value", new() { Search = "model:gpt-4o-mini provider:openai" }, static record => record.RequestedModel == "gpt-4o-mini" && record.Provider == "openai"),
            ("two terms", new() { Search = "embeddings customer:customer-4" }, static record => record is { Operation: "embeddings", Customer: "customer-4" }),
            ("beginning of a word", new() { Search = "agent:tri*" }, static record => record.Agent == "triage"),
            ("not", new() { Search = "agent:triage -provider:openai -outcome:ok" }, static record => record.Agent == "triage" && record.Provider != "openai" && record.Outcome != CallOutcome.Ok),
            ("known field", new() { Search = "cost_usd" }, static record => record.CostUsd is not null),
            ("unknown field", new() { Search = "-cost_usd agent" }, static record => record.CostUsd is null && record.Agent is not null),
            ("cost", new() { Search = "cost_usd:>0.005" }, static record => record.CostUsd > 0.005m),
            ("count", new() { Search = "input_tokens:<=500" }, static record => record.InputTokens <= 500),
            ("bare run", new() { Search = "run-3" }, static record => record.RunId?.StartsWith("run-3", StringComparison.Ordinal) == true),
            ("run field", new() { Search = "run_id:run-31 outcome:ok" }, static record => record.RunId?.StartsWith("run-31", StringComparison.Ordinal) == true && record.Outcome == CallOutcome.Ok),
            ("call site as it is printed", new() { Search = "src/Triage.cs:7" }, static record => record.Site == "src/Triage.cs:7"),
        ];
        var data = new TheoryData<StoreKind, string, RecordFilter, Func<LedgerRecord, bool>>();
        foreach (object[] kind in new EveryStoreAttribute().GetData(typeof(QueryTests).GetMethod(nameof(Filters))!))
        {
            foreach ((string name, RecordFilter filter, Func<LedgerRecord, bool> matches) in filters)
            {
                data.Add((StoreKind)kind[0], name, filter, matches);
            }
        }

        return data;
    }

    [Theory, MemberData(nameof(Filters), DisableDiscoveryEnumeration = true)]
    public async Task A_filter_finds_what_it_says_in_pages_of_either_order(StoreKind kind, string name, RecordFilter filter, Func<LedgerRecord, bool> matches)
    {
        TestStore test = await filled.OpenAsync(kind);
        Guid[] expected = [.. filled.Records.Where(matches).OrderBy(record => record.Timestamp).ThenBy(record => record.Id).Select(record => record.Id)];

        List<LedgerRecord> oldestFirst = await test.Store.ReadAllAsync(filter, RecordOrder.OldestFirst, pageSize: 37);
        List<LedgerRecord> newestFirst = await test.Store.ReadAllAsync(filter, RecordOrder.NewestFirst, pageSize: 53);

        Assert.True(expected.Length is > 0 and < 1500 || name.StartsWith("model as", StringComparison.Ordinal), $"'{name}' has to tell records apart; it matches {expected.Length}.");
        Assert.Equal(expected, oldestFirst.Select(record => record.Id));
        Assert.Equal(Enumerable.Reverse(expected), newestFirst.Select(record => record.Id));
        Assert.Equal(filled.Records.Where(matches).Where(record => record.Outcome != CallOutcome.CacheHit).Sum(record => record.CostUsd ?? 0m), (await test.Store.TotalAsync(filter)).Totals.CostUsd);
    }

    [Theory, EveryStore]
    public async Task A_search_for_numbers_finds_those_at_the_ends_of_what_a_day_has(StoreKind kind)
    {
        await using TestStore test = await TestStore.CreateAsync(kind);
        decimal[] costs = [0.1m, 0.3m, 0.3000000000000000000000000001m, 0.7m];
        test.Runs.Append("a", costs.SelectMany(static (cost, day) => (LedgerRecord[])[Calls.At(Calls.Noon.AddDays(2 * day)) with { CostUsd = cost }, Calls.At(Calls.Noon.AddDays(2 * day)) with { CostUsd = null, InputTokens = 40 }]));
        await test.IngestAsync();

        foreach ((string search, decimal[] found) in ((string, decimal[])[])
            [
                ("cost_usd:>0.3", [0.3000000000000000000000000001m, 0.7m]), ("cost_usd:>=0.7", [0.7m]), ("cost_usd:<0.1", []), ("cost_usd:<=0.1", [0.1m]), ("cost_usd:0.3", [0.3m]),
                ("cost_usd:>0.1 cost_usd:<0.7", [0.3m, 0.3000000000000000000000000001m]), ("cost_usd:>0.1 input_tokens:100 agent:triage", [0.3m, 0.3000000000000000000000000001m, 0.7m]), ("quality", []), ("-quality cost_usd:0.7", [0.7m]),
            ])
        {
            Assert.Equal(found, (await test.Store.ReadAllAsync(new RecordFilter { Search = search }, pageSize: 1)).Select(static record => record.CostUsd!.Value));
        }
    }

    [Theory, EveryStore]
    public async Task A_search_for_a_number_that_no_day_has_reads_no_record(StoreKind kind)
    {
        await using TestStore test = await TestStore.CreateAsync(kind);
        test.Runs.Append("a", Calls.Any());
        await test.IngestAsync();

        test.Execute("UPDATE {0}daily_number SET highest = 0.00001 WHERE field = 'cost_usd'");

        Assert.Empty(await test.Store.ReadAllAsync(new RecordFilter { Search = "cost_usd:>0.00002" }));
    }

    [Theory, EveryStore]
    public async Task Pages_go_on_where_they_were_though_newer_records_come_in(StoreKind kind)
    {
        await using TestStore test = await TestStore.CreateAsync(kind);
        LedgerRecord[] records = [.. Enumerable.Range(0, 20).Select(number => Calls.At(Calls.Noon.AddSeconds(number)))];
        test.Runs.Append("a", records);
        await test.IngestAsync();
        RecordPage first = await test.Store.QueryAsync(new RecordQuery { Limit = 10 });
        test.Runs.Append("a", Calls.At(Calls.Noon.AddDays(1)));
        await test.IngestAsync();

        RecordPage second = await test.Store.QueryAsync(new RecordQuery { Limit = 10, After = first.Next });

        Assert.Equal(records.Take(10).Reverse().Select(record => record.Id), second.Records.Select(record => record.Id));
        Assert.Null(second.Next);
    }

    [Theory]
    [InlineData("cost_usd:cheap", "isn't a number")]
    [InlineData("outcome:exploded", "expected ok, error, cancelled, cache_hit")]
    [InlineData("agent:\"triage", "isn't closed")]
    [InlineData("agent:÷", "no word")]
    public async Task A_search_that_cannot_be_understood_says_what_was_expected(string search, string says)
    {
        await using TestStore test = await TestStore.CreateAsync(StoreKind.Sqlite);

        var error = await Assert.ThrowsAsync<ArgumentException>(() => test.Store.QueryAsync(new RecordQuery { Filter = new RecordFilter { Search = search } }));

        Assert.Contains(says, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, null)]
    [InlineData(100_001, null)]
    [InlineData(10, "garbage")]
    public async Task A_limit_or_cursor_that_cannot_be_used_is_refused(int limit, string? after)
    {
        await using TestStore test = await TestStore.CreateAsync(StoreKind.Sqlite);

        await Assert.ThrowsAsync<ArgumentException>(() => test.Store.QueryAsync(new RecordQuery { Limit = limit, After = after }));
    }
}
