using Magsag.Cli.Html;
using Magsag.Storage;
using Magsag.Storage.Queries;
using Magsag.Storage.Stores;

namespace Magsag.Cli.Tests.Html;

/// <summary>Days of a time zone, those on which its clocks are changed among them.</summary>
public sealed class ZonedReportTests : IDisposable
{
    private readonly Workspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    [Theory]
    [InlineData("UTC")]
    [InlineData("Europe/Berlin")]
    [InlineData("America/New_York")]
    [InlineData("America/Havana")]
    [InlineData("Asia/Kathmandu")]
    [InlineData("Pacific/Kiritimati")]
    [InlineData("Pacific/Pago_Pago")]
    public async Task A_store_gives_each_call_to_the_day_that_the_zones_clocks_showed(string name)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(name);

        // Both changes of the clocks in each zone, with calls every few hours.
        await AssertSameGridAsync(new DateTime(2026, 3, 1, 0, 40, 0), days: 60, zone);
        await AssertSameGridAsync(new DateTime(2026, 10, 1, 0, 40, 0), days: 60, zone);
    }

    [Fact]
    public Task Months_are_those_of_the_zone_too() => AssertSameGridAsync(new DateTime(2026, 1, 1, 0, 40, 0), days: 200, TimeZoneInfo.FindSystemTimeZoneById("America/New_York"));

    [Theory]
    [InlineData("2026-03-28T22:59:59Z", "2026-03-28")]
    [InlineData("2026-03-28T23:00:00Z", "2026-03-29")]
    [InlineData("2026-03-29T21:59:59Z", "2026-03-29")]
    [InlineData("2026-03-29T22:00:00Z", "2026-03-30")]
    [InlineData("2026-10-24T22:00:00Z", "2026-10-25")]
    [InlineData("2026-10-25T22:59:59Z", "2026-10-25")]
    [InlineData("2026-10-25T23:00:00Z", "2026-10-26")]
    public async Task A_day_in_Berlin_has_23_or_25_hours_when_the_clocks_change(string time, string day)
    {
        _workspace.Record(".runs/costs/a.jsonl", Calls.Triage() with { Timestamp = DateTimeOffset.Parse(time, System.Globalization.CultureInfo.InvariantCulture) });

        await _workspace.RunAsync("report", "--html", "report.html", "--tz", "Europe/Berlin");

        Assert.Contains($"All calls were made on {day} (Europe/Berlin).", _workspace.Read("report.html"));
    }

    [Fact]
    public async Task Times_headings_and_conditions_are_in_the_zone()
    {
        _workspace.Record(".runs/costs/a.jsonl", Calls.Triage(day: 22, hour: 23), Calls.Triage(day: 23, hour: 23));

        await _workspace.RunAsync("report", "--html", "report.html", "--tz", "Europe/Berlin", "--since", "2026-11-23");

        string page = _workspace.Read("report.html").Replace("&#x2B;", "+", StringComparison.Ordinal);
        Assert.Contains("<p>Calls from 2026-11-23 00:00 to 2026-11-24 00:00 +01:00; made 2026-11-24 13:00 +01:00 (Europe/Berlin)</p>", page);
        Assert.Contains("Only calls with <bdi>time from 2026-11-23 00:00 +01:00</bdi>", page);
        Assert.Contains("US dollars per day (Europe/Berlin), by model.", page);
        Assert.Contains("<th scope=\"col\">Day (Europe/Berlin)</th>", page);
        Assert.Contains("<tr><th scope=\"row\">2026-11-23</th>", page);
        Assert.Contains("<tr><th scope=\"row\">2026-11-24</th>", page);
        Assert.Contains("Days are those of Europe/Berlin.", page);
        Assert.DoesNotContain("UTC", page[..page.IndexOf("<script>", StringComparison.Ordinal)]);
    }

    [Fact]
    public async Task A_period_ends_within_a_day_of_UTC()
    {
        _workspace.Record(".runs/costs/a.jsonl", Calls.Triage(day: 22, hour: 22), Calls.Triage(day: 22, hour: 23), Calls.Triage(day: 23, hour: 22), Calls.Triage(day: 23, hour: 23));

        await _workspace.RunAsync("report", "--html", "report.html", "--tz", "Europe/Berlin", "--since", "2026-11-23", "--until", "2026-11-24");

        Assert.Contains("All calls were made on 2026-11-23 (Europe/Berlin).", _workspace.Read("report.html"));
    }

    [Fact]
    public async Task A_zone_that_is_not_known_is_named()
    {
        _workspace.Record(".runs/costs/a.jsonl", Calls.Triage());

        Assert.Equal("magsag: 'Mars/Base' isn't a time zone of this machine; expected a name such as UTC or Europe/Berlin.", (await _workspace.RunAsync("report", "--html", "report.html", "--tz", "Mars/Base")).Refused(2));
        Assert.Equal("magsag: 'Mars/Base' isn't a time zone of this machine; expected a name such as UTC or Europe/Berlin.", (await _workspace.RunAsync("dashboard", "--port", "0", "--tz", "Mars/Base")).Refused(2));
    }

    private async Task AssertSameGridAsync(DateTime from, int days, TimeZoneInfo zone)
    {
        string runs = _workspace.PathOf($"{from:yyyyMMdd}");
        LedgerRecord[] records =
        [
            .. Enumerable.Range(0, days * 9).Select(call => Calls.Triage() with
            {
                Id = Guid.CreateVersion7(),
                Timestamp = new DateTimeOffset(from, TimeSpan.Zero).AddMinutes(call * 160),
                Model = call % 3 == 0 ? "gpt-4o" : "gpt-4o-mini",
                CostUsd = call % 7 == 0 ? null : 0.001m * call,
            }),
        ];
        SampleCosts.WriteLedger(runs, "calls", records);
        var expected = new SummaryBuilder();
        foreach (LedgerRecord record in records)
        {
            expected.Add(record);
        }

        await using ICostStore store = await CostStore.OpenAsync(CostStore.PathIn(runs));
        await store.IngestAsync(CostStore.LedgersIn(runs));
        CostSummary found = await StoreSummary.ReadAsync(store, new RecordFilter(), zone, CancellationToken.None);

        Assert.Equal(Rows(SpendGrid.From(expected.ToSummary(), zone)), Rows(SpendGrid.From(found, zone)));
    }

    private static IEnumerable<string> Rows(SpendGrid grid) => grid.Columns.SelectMany((column, index) => grid.Models.Select((model, rank) =>
        $"{column} {model} {grid.Cells[rank][index].Calls} {grid.Cells[rank][index].CostUsd / 1.000000000000000000m} {grid.Cells[rank][index].UnpricedCalls}"));
}
