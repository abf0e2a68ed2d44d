using System.Net;
using System.Net.Sockets;
using Magsag.Cli.Dashboard;
using Magsag.Cli.Tests.Html;
using Magsag.Gating;
using Microsoft.Playwright;

namespace Magsag.Cli.Tests.Dashboard;

public sealed class DashboardTests(Browser browser) : IClassFixture<Browser>
{
    [Fact]
    public async Task An_open_page_follows_the_costs()
    {
        var costs = new ChangingCosts(SampleCosts.Summary(days: 1, callsPerDay: 20));
        await using DashboardServer server = await DashboardServer.StartAsync(costs, 0, CancellationToken.None);
        IPage page = await browser.OpenAsync(server.Address.AbsoluteUri);
        await Assertions.Expect(page.Locator(".figures dd").First).ToHaveTextAsync(MoneyText.Of(SampleCosts.Summary(1, 20).Totals.CostUsd));

        costs.ChangeTo(SampleCosts.Month);

        await Assertions.Expect(page.Locator(".figures dd").First).ToHaveTextAsync(MoneyText.Of(SampleCosts.Month.Totals.CostUsd), new LocatorAssertionsToHaveTextOptions { Timeout = 60_000 });
        Assert.Equal(6, await page.EvaluateAsync<int>("[...document.querySelectorAll('canvas')].filter(canvas => Chart.getChart(canvas)).length"));
    }

    [Fact]
    public async Task What_a_reader_opened_stays_open_when_the_costs_change()
    {
        var costs = new ChangingCosts(SampleCosts.Summary(days: 2, callsPerDay: 20));
        await using DashboardServer server = await DashboardServer.StartAsync(costs, 0, CancellationToken.None);
        IPage page = await browser.OpenAsync(server.Address.AbsoluteUri);
        await page.Locator("summary").First.ClickAsync();

        costs.ChangeTo(SampleCosts.Month);

        await Assertions.Expect(page.Locator(".figures dd").First).ToHaveTextAsync(MoneyText.Of(SampleCosts.Month.Totals.CostUsd), new LocatorAssertionsToHaveTextOptions { Timeout = 60_000 });
        Assert.True(await page.EvaluateAsync<bool>("document.querySelector('details').open"));
    }

    [Fact]
    public async Task Only_loopback_reaches_it()
    {
        await using DashboardServer server = await DashboardServer.StartAsync(new ChangingCosts(SampleCosts.Month), 0, CancellationToken.None);

        Assert.True(IPAddress.IsLoopback(IPAddress.Parse(server.Address.Host)));
    }

    [Fact]
    public async Task A_foreign_host_name_is_refused()
    {
        await using DashboardServer server = await DashboardServer.StartAsync(new ChangingCosts(SampleCosts.Month), 0, CancellationToken.None);
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, server.Address) { Headers = { Host = "costs.example.com" } };

        using HttpResponseMessage response = await client.SendAsync(request);

        Assert.Equal(HttpStatusCode.MisdirectedRequest, response.StatusCode);
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
