using System.Net;
using System.Net.Sockets;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Magsag.Cli.Dashboard;
using Magsag.Cli.Tests.Html;
using Microsoft.Playwright;

namespace Magsag.Cli.Tests.Dashboard;

public sealed class DashboardTests(Browser browser) : IClassFixture<Browser>
{
    private static readonly LocatorAssertionsToHaveTextOptions Patiently = new() { Timeout = 60_000 };

    [ChromiumFact]
    public async Task An_open_page_follows_the_costs()
    {
        var costs = new ChangingCosts(SampleCosts.Summary(days: 1, callsPerDay: 20));
        await using DashboardServer server = await DashboardServer.StartAsync(costs, 0, CancellationToken.None);
        IPage page = await browser.OpenAsync(server.Address.AbsoluteUri);
        await Assertions.Expect(page.Locator(".total dd")).ToHaveTextAsync(MoneyText.Of(SampleCosts.Summary(1, 20).Totals.CostUsd));

        costs.ChangeTo(SampleCosts.Month);

        await Assertions.Expect(page.Locator(".total dd")).ToHaveTextAsync(MoneyText.Of(SampleCosts.Month.Totals.CostUsd), Patiently);
        Assert.Equal(6, await page.EvaluateAsync<int>("[...document.querySelectorAll('canvas')].filter(canvas => Chart.getChart(canvas)).length"));
    }

    [ChromiumFact]
    public async Task What_a_reader_opened_stays_open_when_the_costs_change()
    {
        var costs = new ChangingCosts(SampleCosts.Summary(days: 2, callsPerDay: 20));
        await using DashboardServer server = await DashboardServer.StartAsync(costs, 0, CancellationToken.None);
        IPage page = await browser.OpenAsync(server.Address.AbsoluteUri);
        await page.Locator("summary").First.ClickAsync();

        costs.ChangeTo(SampleCosts.Month);

        await Assertions.Expect(page.Locator(".total dd")).ToHaveTextAsync(MoneyText.Of(SampleCosts.Month.Totals.CostUsd), Patiently);
        Assert.True(await page.EvaluateAsync<bool>("document.querySelector('details').open"));
    }

    [ChromiumFact]
    public async Task A_page_says_that_the_costs_can_t_be_read_and_keeps_its_figures()
    {
        var costs = new ChangingCosts(SampleCosts.Month);
        await using DashboardServer server = await DashboardServer.StartAsync(costs, 0, CancellationToken.None);
        IPage page = await browser.OpenAsync(server.Address.AbsoluteUri);
        await Assertions.Expect(page.Locator("#state")).ToHaveTextAsync("Live: follows what is recorded", Patiently);

        costs.Break("The store is <b>locked</b>.");

        await Assertions.Expect(page.Locator("#state")).ToHaveTextAsync("Not up to date: The store is <b>locked</b>.", Patiently);
        await Assertions.Expect(page.Locator(".total dd")).ToHaveTextAsync(MoneyText.Of(SampleCosts.Month.Totals.CostUsd));
    }

    [ChromiumFact]
    public async Task A_page_that_opens_while_the_costs_can_t_be_read_says_why_and_fills_itself_later()
    {
        var costs = new ChangingCosts(SampleCosts.Month);
        costs.Break("The store is <b>locked</b>.");
        await using DashboardServer server = await DashboardServer.StartAsync(costs, 0, CancellationToken.None);
        IPage page = await browser.OpenAsync(server.Address.AbsoluteUri);
        await Assertions.Expect(page.Locator("main .note")).ToHaveTextAsync("The costs can’t be read now: The store is <b>locked</b>.");

        costs.ChangeTo(SampleCosts.Month);

        await Assertions.Expect(page.Locator(".total dd")).ToHaveTextAsync(MoneyText.Of(SampleCosts.Month.Totals.CostUsd), Patiently);
    }

    [ChromiumFact]
    public async Task A_page_connects_again_when_the_server_is_back()
    {
        DashboardServer first = await DashboardServer.StartAsync(new ChangingCosts(SampleCosts.Summary(days: 2, callsPerDay: 20)), 0, CancellationToken.None);
        int port = first.Address.Port;
        IPage page = await browser.OpenAsync(first.Address.AbsoluteUri);
        await Assertions.Expect(page.Locator("#state")).ToHaveTextAsync("Live: follows what is recorded", Patiently);

        await first.DisposeAsync();
        await Assertions.Expect(page.Locator("#state")).ToHaveTextAsync("Not up to date: the dashboard doesn’t answer. Trying again …", Patiently);
        await using DashboardServer second = await DashboardServer.StartAsync(new ChangingCosts(SampleCosts.Month), port, CancellationToken.None);

        await Assertions.Expect(page.Locator(".total dd")).ToHaveTextAsync(MoneyText.Of(SampleCosts.Month.Totals.CostUsd), Patiently);
        await Assertions.Expect(page.Locator("#state")).ToHaveTextAsync("Live: follows what is recorded", Patiently);
    }

    [ChromiumFact]
    public async Task A_paused_page_follows_when_it_is_resumed()
    {
        var costs = new ChangingCosts(SampleCosts.Summary(days: 2, callsPerDay: 20));
        await using DashboardServer server = await DashboardServer.StartAsync(costs, 0, CancellationToken.None);
        IPage paused = await browser.OpenAsync(server.Address.AbsoluteUri);
        IPage other = await browser.OpenAsync(server.Address.AbsoluteUri);
        await Assertions.Expect(paused.Locator("#state")).ToHaveTextAsync("Live: follows what is recorded", Patiently);
        await paused.Locator("#pause").ClickAsync();

        costs.ChangeTo(SampleCosts.Month);
        await Assertions.Expect(other.Locator(".total dd")).ToHaveTextAsync(MoneyText.Of(SampleCosts.Month.Totals.CostUsd), Patiently);
        await Assertions.Expect(paused.Locator(".total dd")).Not.ToHaveTextAsync(MoneyText.Of(SampleCosts.Month.Totals.CostUsd));
        await paused.Locator("#pause").ClickAsync();

        await Assertions.Expect(paused.Locator(".total dd")).ToHaveTextAsync(MoneyText.Of(SampleCosts.Month.Totals.CostUsd), Patiently);
    }

    [ChromiumFact]
    public async Task The_focus_stays_where_it_is_when_the_costs_change()
    {
        var costs = new ChangingCosts(SampleCosts.Summary(days: 2, callsPerDay: 20));
        await using DashboardServer server = await DashboardServer.StartAsync(costs, 0, CancellationToken.None);
        IPage page = await browser.OpenAsync(server.Address.AbsoluteUri);
        await page.Locator("#models .scroll").First.FocusAsync();

        costs.ChangeTo(SampleCosts.Month);

        await Assertions.Expect(page.Locator(".total dd")).ToHaveTextAsync(MoneyText.Of(SampleCosts.Month.Totals.CostUsd), Patiently);
        await Assertions.Expect(page.Locator("#models .scroll").First).ToBeFocusedAsync();
    }

    [ChromiumFact]
    public async Task Any_number_of_pages_follow_one_watch()
    {
        var costs = new ChangingCosts(SampleCosts.Summary(days: 2, callsPerDay: 20));
        await using DashboardServer server = await DashboardServer.StartAsync(costs, 0, CancellationToken.None);
        IPage[] pages = [await browser.OpenAsync(server.Address.AbsoluteUri), await browser.OpenAsync(server.Address.AbsoluteUri), await browser.OpenAsync(server.Address.AbsoluteUri)];
        foreach (IPage page in pages)
        {
            await Assertions.Expect(page.Locator("#state")).ToHaveTextAsync("Live: follows what is recorded", Patiently);
        }

        costs.ChangeTo(SampleCosts.Month);

        foreach (IPage page in pages)
        {
            await Assertions.Expect(page.Locator(".total dd")).ToHaveTextAsync(MoneyText.Of(SampleCosts.Month.Totals.CostUsd), Patiently);
        }

        Assert.Equal(1, costs.Watches);
    }

    [ChromiumFact]
    public async Task Axe_finds_nothing()
    {
        await using DashboardServer server = await DashboardServer.StartAsync(new ChangingCosts(SampleCosts.Month), 0, CancellationToken.None);
        IPage page = await browser.OpenAsync(server.Address.AbsoluteUri, ColorScheme.Dark);
        await Assertions.Expect(page.Locator("#state")).ToHaveTextAsync("Live: follows what is recorded", Patiently);

        AxeResult result = await page.RunAxe();

        Assert.Empty(result.Violations.Select(static violation => $"{violation.Id}: {violation.Help}: {violation.Nodes[0].Html}"));
    }

    [Fact]
    public async Task Other_sites_can_t_embed_or_read_it()
    {
        await using DashboardServer server = await DashboardServer.StartAsync(new ChangingCosts(SampleCosts.Month), 0, CancellationToken.None);
        using var client = new HttpClient();

        using HttpResponseMessage response = await client.GetAsync(new Uri(server.Address, "content"));

        string policy = Assert.Single(response.Headers.GetValues("Content-Security-Policy"));
        Assert.StartsWith("default-src 'none'; style-src 'sha256-", policy);
        Assert.EndsWith("frame-ancestors 'none'", policy);
        Assert.DoesNotContain("unsafe", policy);
        Assert.Equal("same-origin", Assert.Single(response.Headers.GetValues("Cross-Origin-Resource-Policy")));
        Assert.Equal("nosniff", Assert.Single(response.Headers.GetValues("X-Content-Type-Options")));
        Assert.False(response.Headers.Contains("Access-Control-Allow-Origin"));
    }

    [Fact]
    public async Task Only_loopback_reaches_it()
    {
        await using DashboardServer server = await DashboardServer.StartAsync(new ChangingCosts(SampleCosts.Month), 0, CancellationToken.None);

        Assert.True(IPAddress.IsLoopback(IPAddress.Parse(server.Address.Host)));
    }

    [Theory]
    [InlineData("costs.example.com", HttpStatusCode.MisdirectedRequest)]
    [InlineData("127.0.0.1.example.com", HttpStatusCode.MisdirectedRequest)]
    [InlineData("localhost.example.com:80", HttpStatusCode.MisdirectedRequest)]
    [InlineData("localhost", HttpStatusCode.OK)]
    [InlineData("127.0.0.1", HttpStatusCode.OK)]
    public async Task Only_names_of_loopback_are_answered(string host, HttpStatusCode status)
    {
        await using DashboardServer server = await DashboardServer.StartAsync(new ChangingCosts(SampleCosts.Month), 0, CancellationToken.None);
        using var client = new HttpClient();
        foreach (string path in new[] { "", "content", "events" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(server.Address, path)) { Headers = { Host = host } };

            using HttpResponseMessage response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);

            Assert.Equal(status, response.StatusCode);
        }
    }

    [Fact]
    public async Task A_port_that_is_taken_is_an_error_at_the_start()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();

        await Assert.ThrowsAsync<IOException>(() => DashboardServer.StartAsync(new ChangingCosts(SampleCosts.Month), ((IPEndPoint)taken.LocalEndpoint).Port, CancellationToken.None));
    }

    [Fact]
    public async Task It_stops_while_a_page_is_listening()
    {
        DashboardServer server = await DashboardServer.StartAsync(new ChangingCosts(SampleCosts.Month), 0, CancellationToken.None);
        using var client = new HttpClient();
        using HttpResponseMessage response = await client.GetAsync(new Uri(server.Address, "events"), HttpCompletionOption.ResponseHeadersRead);

        await server.DisposeAsync();

        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
    }
}
