using System.ClientModel;
using System.ClientModel.Primitives;
using System.Net;
using Microsoft.Extensions.AI;
using OpenAI;
using OpenAI.Chat;

namespace Magsag.Runtime.Sdks.Tests;

/// <summary>However layers, guards and loops are put together, each request has one reservation with each guard.</summary>
public sealed class RequestLayerTests : BudgetedClientTest
{
    private static readonly ChatOptions Capped = new() { MaxOutputTokens = 100 };

    private readonly BudgetOptions _outerOptions = new() { Store = new InMemoryBudgetStore() };
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_handler_that_sends_again_is_seen_whether_it_stands_above_or_below_ours(bool above)
    {
        await using BillingProvider provider = await BillingProvider.StartAsync(static request => request < 3 ? Mishap.ServerError : Mishap.None);
        HttpMessageHandler handler = above
            ? new SendsAgain(new CostTrackingHandler(RecordInLedger))
            : new CostTrackingHandler(RecordInLedger) { InnerHandler = new SendsAgain(new SocketsHttpHandler()) };

        await Client(provider, handler).AsBuilder().UseBudget(Guard(5)).Build().GetResponseAsync("hi", Capped);

        Assert.Equal(3, provider.Billed);
        Assert.Equal((3m, 0m), await AccountAsync());
    }

    [Fact]
    public async Task A_handler_that_sends_again_is_stopped_where_there_is_no_room()
    {
        await using BillingProvider provider = await BillingProvider.StartAsync(static _ => Mishap.ServerError);

        IChatClient client = Client(provider, new CostTrackingHandler(RecordInLedger) { InnerHandler = new SendsAgain(new SocketsHttpHandler()) }).AsBuilder().UseBudget(Guard(2)).Build();
        await Assert.ThrowsAsync<BudgetExceededException>(() => client.GetResponseAsync("hi", Capped));

        Assert.Equal(2, provider.Billed);
    }

    [Fact]
    public async Task Two_guards_count_each_request_once_each()
    {
        await using BillingProvider provider = await BillingProvider.StartAsync(static request => request < 3 ? Mishap.ServerError : Mishap.None);

        await Client(provider, new SendsAgain(new SocketsHttpHandler())).AsBuilder().UseBudget(Guard(9, options: _outerOptions)).UseBudget(Guard(9)).Build().GetResponseAsync("hi", Capped);

        Assert.Equal((3m, 0m), await AccountAsync());
        Assert.Equal((3m, 0m), await AccountAsync(options: _outerOptions));
    }

    [Fact]
    public async Task The_outer_of_two_guards_stops_a_request_that_the_inner_one_has_room_for()
    {
        await using BillingProvider provider = await BillingProvider.StartAsync(static _ => Mishap.ServerError);
        IChatClient client = Client(provider, new SendsAgain(new SocketsHttpHandler())).AsBuilder().UseBudget(Guard(2, options: _outerOptions)).UseBudget(Guard(9)).Build();

        await Assert.ThrowsAsync<BudgetExceededException>(() => client.GetResponseAsync("hi", Capped));

        Assert.Equal(2, provider.Billed);
        Assert.Equal((2m, 0m), await AccountAsync());
    }

    [Fact]
    public async Task A_guard_in_the_pipeline_and_another_in_the_HttpClient_count_each_request_once_each()
    {
        await using BillingProvider provider = await BillingProvider.StartAsync(static request => request < 3 ? Mishap.ServerError : Mishap.None);
        var options = new OpenAIClientOptions { Endpoint = new Uri(provider.Address, "v1"), RetryPolicy = new ClientRetryPolicy(0) };
        options.AddBudget(Guard(9, options: _outerOptions));
        options.Transport = new HttpClientPipelineTransport(new HttpClient(new BudgetHandler(Guard(9)) { InnerHandler = new SendsAgain(new SocketsHttpHandler()) }));

        await new ChatClient("gpt-4o-mini", new ApiKeyCredential("key"), options).CompleteChatAsync([new UserChatMessage("hi")], new ChatCompletionOptions { MaxOutputTokenCount = 100 });

        Assert.Equal((3m, 0m), await AccountAsync());
        Assert.Equal((3m, 0m), await AccountAsync(options: _outerOptions));
    }

    [Fact]
    public async Task Requests_of_others_pass_by_while_a_call_is_under_way()
    {
        await using BillingProvider provider = await BillingProvider.StartAsync(static _ => Mishap.None);
        using var http = new HttpClient();
        IChatClient client = Client(provider, new Before(new SocketsHttpHandler(), async () =>
        {
            using var form = new FormUrlEncodedContent([new("grant_type", "client_credentials")]);
            (await http.PostAsync(new Uri(provider.Address, "oauth2/token"), form)).Dispose();
            (await http.GetAsync(provider.Address)).Dispose();
        })).AsBuilder().UseBudget(Guard(1)).Build();

        await client.GetResponseAsync("hi", Capped);

        Assert.Equal((1m, 0m), await AccountAsync());
    }

    [Fact]
    public async Task Callers_at_once_share_no_reservation()
    {
        const int Callers = 40;
        await using BillingProvider provider = await BillingProvider.StartAsync(static request => request % 3 == 0 ? Mishap.ServerError : request % 3 == 1 ? Mishap.TooMany : Mishap.None);
        IChatClient client = Client(provider, new SendsAgain(new SocketsHttpHandler())).AsBuilder().UseBudget(Guard(25)).Build();

        await Task.WhenAll(Enumerable.Range(0, Callers).Select(_ => Record.ExceptionAsync(() => client.GetResponseAsync("hi", Capped))));

        (decimal spent, decimal reserved) = await AccountAsync();
        Assert.True(provider.Billed <= 25, $"{provider.Billed} were billed.");
        Assert.Equal((provider.Billed, 0m), ((int)spent, reserved));
    }

    private static IChatClient Client(BillingProvider provider, HttpMessageHandler handler)
    {
        var options = new OpenAIClientOptions { Endpoint = new Uri(provider.Address, "v1"), RetryPolicy = new ClientRetryPolicy(0), Transport = new HttpClientPipelineTransport(new HttpClient(handler)) };
        return new ChatClient("gpt-4o-mini", new ApiKeyCredential("key"), options).AsIChatClient();
    }

    private sealed class SendsAgain(HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        private const int Times = 4;

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            for (int time = 1; ; time++)
            {
                HttpResponseMessage response = await base.SendAsync(request, cancellationToken);
                if (response.StatusCode == HttpStatusCode.OK || time == Times)
                {
                    return response;
                }

                response.Dispose();
            }
        }
    }

    private sealed class Before(HttpMessageHandler inner, Func<Task> act) : DelegatingHandler(inner)
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            await act();
            return await base.SendAsync(request, cancellationToken);
        }
    }
}
