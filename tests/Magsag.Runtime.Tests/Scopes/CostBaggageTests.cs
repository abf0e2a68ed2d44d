using System.Diagnostics;

namespace Magsag.Runtime.Tests;

public sealed class CostBaggageTests
{
    [Fact]
    public void A_scope_comes_out_of_the_header_as_it_went_in()
    {
        string header;
        using (CostScope sent = CostScope.Begin(agent: "triage", customer: "Ärzte, Söhne; & = Co", run: "r1", billingTier: "gold", test: "T.A"))
        {
            header = CostBaggage.Write(sent);
        }

        using CostScope received = CostBaggage.Begin([header])!;

        Assert.All(header, letter => Assert.InRange(letter, ' ', '~'));
        Assert.Equal(("triage", "Ärzte, Söhne; & = Co", "r1", "gold", "T.A"), (received.Agent, received.Customer, received.RunId, received.BillingTier, received.Test));
    }

    [Theory]
    [InlineData("")]
    [InlineData("other=1,magsag.unknown=x")]
    [InlineData("magsag.customer")]
    [InlineData("magsag.customer=")]
    [InlineData("magsag.customer=a%00b")]
    [InlineData("magsag.customer=a%0Ab")]
    public void A_header_that_says_nothing_sound_begins_no_scope(string header) => Assert.Null(CostBaggage.Begin([header, null]));

    [Fact]
    public void A_value_that_is_too_long_is_left_out() => Assert.Null(CostBaggage.Begin([$"magsag.customer={new string('x', 257)}"]));

    [Fact]
    public void Members_beyond_the_limit_are_not_read() =>
        Assert.Null(CostBaggage.Begin([string.Join(',', Enumerable.Repeat("a=b", 64)) + ",magsag.customer=acme"]));

    [Fact]
    public void A_header_beyond_the_limit_is_not_read() => Assert.Null(CostBaggage.Begin([$"a={new string('x', 9000)},magsag.customer=acme"]));

    [Fact]
    public async Task The_handler_adds_the_scope_and_keeps_the_spans_own_baggage()
    {
        var sent = new Capture();
        using var client = new HttpMessageInvoker(new CostScopeHandler(sent));
        using Activity span = new Activity("work").AddBaggage("tenant", "a b").Start();
        using CostScope scope = CostScope.Begin(customer: "acme");

        await client.SendAsync(new HttpRequestMessage(HttpMethod.Get, "http://service/"), CancellationToken.None);

        Assert.Equal("magsag.customer=acme,tenant=a%20b", sent.Baggage);
    }

    [Fact]
    public async Task Outside_any_scope_nothing_is_added()
    {
        var sent = new Capture();
        using var client = new HttpMessageInvoker(new CostScopeHandler(sent));

        await client.SendAsync(new HttpRequestMessage(HttpMethod.Get, "http://service/"), CancellationToken.None);

        Assert.Null(sent.Baggage);
    }

    private sealed class Capture : HttpMessageHandler
    {
        public string? Baggage { get; private set; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Baggage = request.Headers.TryGetValues("baggage", out IEnumerable<string>? values) ? string.Join(',', values) : null;
            return Task.FromResult(new HttpResponseMessage());
        }
    }
}
