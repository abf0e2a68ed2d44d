namespace Magsag.Runtime.Tests;

/// <summary>An answer that a provider goes on working at is one call, however often it is asked for.</summary>
public sealed class BackgroundAnswerTests : WireTestBase
{
    private const string Ask = """{"model":"gpt-5","background":true,"input":"hi"}""";
    private const string Queued = """{"id":"resp_1","object":"response","background":true,"status":"queued","model":"gpt-5-2025-08-07","output":[],"usage":null}""";
    private const string Working = """{"id":"resp_1","object":"response","background":true,"status":"in_progress","model":"gpt-5-2025-08-07","output":[],"usage":null}""";
    private const string Done = """{"id":"resp_1","object":"response","background":true,"status":"completed","model":"gpt-5-2025-08-07","output":[],"usage":{"input_tokens":1000,"output_tokens":1000,"total_tokens":2000}}""";

    [Fact]
    public async Task Queued_polled_and_fetched_again_it_is_one_record_of_what_it_used()
    {
        using HttpClient client = Client(Answers(Queued, Working, Done, Done));
        using HttpResponseMessage asked = await client.PostAsync(Responses, Body(Ask));
        await client.GetStringAsync(Responses + "/resp_1");
        Assert.Empty(await RecordsAsync());

        await client.GetStringAsync(Responses + "/resp_1");
        await client.GetStringAsync(Responses + "/resp_1");

        LedgerRecord record = Assert.Single(await RecordsAsync());
        Assert.Equal((CallOutcome.Ok, 1000L, 1000L, 0.01125m), (record.Outcome, record.InputTokens, record.OutputTokens, record.CostUsd));
    }

    [Fact]
    public async Task It_belongs_to_whom_it_was_asked_for()
    {
        using HttpClient client = Client(Answers(Queued, Done));
        using (CostScope.Begin(agent: "triage"))
        {
            using HttpResponseMessage asked = await client.PostAsync(Responses, Body(Ask));
        }

        using (CostScope.Begin(agent: "poller"))
        {
            await client.GetStringAsync(Responses + "/resp_1");
        }

        Assert.Equal("triage", Assert.Single(await RecordsAsync()).Agent);
    }

    [Fact]
    public async Task One_that_failed_is_a_failed_call()
    {
        using HttpClient client = Client(Answers(Queued, """{"id":"resp_1","background":true,"status":"failed","model":"gpt-5","error":{"code":"server_error"},"usage":null}"""));
        using HttpResponseMessage asked = await client.PostAsync(Responses, Body(Ask));
        await client.GetStringAsync(Responses + "/resp_1");

        LedgerRecord record = Assert.Single(await RecordsAsync());
        Assert.Equal((CallOutcome.Error, null), (record.Outcome, record.CostUsd));
    }

    [Fact]
    public async Task What_nobody_asks_for_is_recorded_as_unknown_when_the_ledger_ends()
    {
        using var runs = new RunsDirectory();
        await using (var ledger = new CostLedger(runs.Path))
        {
            using var client = new HttpClient(new CostTrackingHandler(options => options.Ledger = ledger) { InnerHandler = Answers(Queued) });
            using HttpResponseMessage asked = await client.PostAsync(Responses, Body(Ask));
        }

        LedgerRecord record = Assert.Single(runs.Records());
        Assert.Equal((UsageSource.Unknown, null, "gpt-5-2025-08-07"), (record.UsageSource, record.CostUsd, record.Model));
    }

    [Fact]
    public async Task An_answer_of_another_process_is_not_billed_here()
    {
        using HttpClient client = Client(Answers(Done));
        await client.GetStringAsync(Responses + "/resp_1");

        Assert.Empty(await RecordsAsync());
    }

    private static ScriptedTransport Answers(params string[] bodies)
    {
        int next = -1;
        return new ScriptedTransport(_ => ScriptedTransport.Json(bodies[Interlocked.Increment(ref next)]));
    }
}
