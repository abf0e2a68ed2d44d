using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Magsag.Runtime.Tests;

/// <summary>What a failure costs where nobody sees the requests: only what certainly wasn't billed is free.</summary>
public sealed class FailedCallTests
{
    private const decimal Worst = 0.00006615m;

    private readonly BudgetOptions _options = new() { Store = new InMemoryBudgetStore() };

    public static TheoryData<string, Exception, int> Failures() => new()
    {
        { "a timeout", new TaskCanceledException("late", new TimeoutException()), 1 },
        { "a reset", new HttpRequestException(HttpRequestError.ResponseEnded), 1 },
        { "a broken body", new HttpIOException(HttpRequestError.ResponseEnded), 1 },
        { "a paid answer that can't be read", new JsonException(), 1 },
        { "an unknown failure", new InvalidOperationException(), 1 },
        { "503", new HttpRequestException("no", null, HttpStatusCode.ServiceUnavailable), 1 },
        { "a request that the provider gave up on", new HttpRequestException("no", null, HttpStatusCode.RequestTimeout), 1 },
        { "400", new HttpRequestException("no", null, HttpStatusCode.BadRequest), 0 },
        { "413", new HttpRequestException("no", null, HttpStatusCode.RequestEntityTooLarge), 0 },
        { "429", new HttpRequestException("no", null, HttpStatusCode.TooManyRequests), 0 },
        { "429 in a wrapper", new InvalidOperationException("no", new HttpRequestException("no", null, HttpStatusCode.TooManyRequests)), 0 },
        { "no such host", new HttpRequestException(HttpRequestError.NameResolutionError), 0 },
        { "a refused connection", new HttpRequestException(HttpRequestError.ConnectionError, null, new SocketException((int)SocketError.ConnectionRefused)), 0 },
        { "no trust", new HttpRequestException(HttpRequestError.SecureConnectionError), 0 },
        { "four attempts that timed out", new AggregateException(Enumerable.Repeat(new TaskCanceledException(), 4)), 4 },
        { "a timeout, then a refusal", new AggregateException(new TaskCanceledException(), new HttpRequestException("no", null, HttpStatusCode.TooManyRequests)), 1 },
        { "refusals only", new AggregateException(new HttpRequestException("no", null, HttpStatusCode.TooManyRequests)), 0 },
        { "a reset in a wrapper of a wrapper", new InvalidOperationException("no", new AggregateException(new IOException("reset"))), 1 },
    };

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task A_failure_counts_the_worst_case_of_each_request_that_may_have_been_billed(string failure, Exception error, int billed)
    {
        await Assert.ThrowsAnyAsync<Exception>(() => Client(error).GetResponseAsync("hi", new ChatOptions { MaxOutputTokens = 100 }));

        Assert.True((Worst * billed, 0m) == await AccountAsync(), failure);
    }

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task A_stream_that_fails_before_its_first_piece_counts_the_same(string failure, Exception error, int billed)
    {
        await Assert.ThrowsAnyAsync<Exception>(() => Client(error).GetStreamingResponseAsync("hi", new ChatOptions { MaxOutputTokens = 100 }).ToListAsync().AsTask());

        Assert.True((Worst * billed, 0m) == await AccountAsync(), failure);
    }

    private IChatClient Client(Exception error) => new ScriptedClient { Failure = error }.AsBuilder()
        .ConfigureOptions(static options => options.ModelId = "gpt-4o-mini")
        .UseBudget(new BudgetGuard(PerDay(1m), _options))
        .Build();

    private static CostPolicy PerDay(decimal max) => new() { Limits = [new PolicyLimit("r", LimitSubject.Everything, null, LimitPeriod.Day, max)] };

    private async Task<(decimal Spent, decimal Reserved)> AccountAsync()
    {
        var refused = await Assert.ThrowsAsync<BudgetExceededException>(async () => await new BudgetGuard(PerDay(0m), _options).ReserveAsync(new CallAttribution(), new BudgetAmount(1m, 1, 1)));
        return (refused.Spent, refused.Reserved);
    }
}
