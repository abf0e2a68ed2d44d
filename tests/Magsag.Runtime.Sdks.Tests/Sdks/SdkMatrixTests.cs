using Microsoft.ML.Tokenizers;

namespace Magsag.Runtime.Sdks.Tests;

/// <summary>Every SDK × plain or streamed × every outcome: exactly one right record for each request, whatever ways in see it.</summary>
public sealed class SdkMatrixTests : RecordedClientTest
{
    private static readonly Tokenizer Tokens = TiktokenTokenizer.CreateForEncoding("o200k_base");

    public static TheoryData<string, bool> Calls() => PlainAndStreamed(AllSdks.All);

    public static TheoryData<string, bool> CallsWithoutUsage() => PlainAndStreamed(AllSdks.All.Where(sdk => sdk.ToleratesNoUsage));

    public static TheoryData<string> Streams() => [.. AllSdks.All.Select(sdk => sdk.Name)];

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task An_answer_is_recorded_once_with_the_usage_that_was_reported(string sdk, bool stream)
    {
        LedgerRecord record = Assert.Single(await AskAsync(sdk, stream, Scenario.Answer));

        AssertReported(record, Find(sdk), Counts.Usual);
        Assert.Null(record.CallId);
    }

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task A_refused_attempt_and_its_retry_are_two_records_of_one_call(string sdk, bool stream) =>
        await RetryAsync(sdk, stream, Scenario.RefuseOnce, failed => Assert.Equal((UsageSource.Counted, 0L, 0L, 0m), (failed.UsageSource, failed.InputTokens, failed.OutputTokens, failed.CostUsd)));

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task A_failed_attempt_and_its_retry_are_two_records_of_one_call(string sdk, bool stream) =>
        await RetryAsync(sdk, stream, Scenario.FailOnce, failed => Assert.Equal((UsageSource.Unknown, null, null), (failed.UsageSource, failed.OutputTokens, failed.CostUsd)));

    [Theory]
    [MemberData(nameof(CallsWithoutUsage))]
    public async Task Missing_usage_is_counted_and_said_to_be(string sdk, bool stream)
    {
        LedgerRecord record = Assert.Single(await AskAsync(sdk, stream, Scenario.NoUsage));

        Assert.Equal((CallOutcome.Ok, UsageSource.Counted, (long)Tokens.CountTokens(WireTexts.Text)), (record.Outcome, record.UsageSource, record.OutputTokens));
        Assert.InRange(record.InputTokens!.Value, Tokens.CountTokens(SdkCall.Question), Tokens.CountTokens(SdkCall.Question) + 20);
        Assert.NotNull(record.CostUsd);
    }

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task Usage_of_zero_is_reported_and_not_missing(string sdk, bool stream)
    {
        LedgerRecord record = Assert.Single(await AskAsync(sdk, stream, Scenario.ZeroUsage));

        Assert.Equal((CallOutcome.Ok, UsageSource.Reported, 0L, 0L, 0m), (record.Outcome, record.UsageSource, record.InputTokens, record.OutputTokens, record.CostUsd));
    }

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task An_answer_that_drips_is_recorded_like_any_other(string sdk, bool stream) =>
        AssertReported(Assert.Single(await AskAsync(sdk, stream, Scenario.SlowDrip)), Find(sdk), Counts.Usual);

    [Theory]
    [MemberData(nameof(Streams))]
    public async Task A_body_that_is_no_json_is_an_error_of_unknown_usage(string sdk)
    {
        LedgerRecord record = Assert.Single(await AskAsync(sdk, false, Scenario.Malformed, mayFail: true));

        Assert.Equal((CallOutcome.Error, UsageSource.Unknown, null), (record.Outcome, record.UsageSource, record.CostUsd));
    }

    [Theory]
    [MemberData(nameof(Streams))]
    public async Task What_arrived_of_a_stream_that_is_cut_is_counted(string sdk) =>
        AssertCounted(Assert.Single(await AskAsync(sdk, true, Scenario.Cut, mayFail: true)), Find(sdk), CallOutcome.Error);

    [Theory]
    [MemberData(nameof(Streams))]
    public async Task What_arrived_of_a_stream_that_fails_midway_is_counted(string sdk) =>
        AssertCounted(Assert.Single(await AskAsync(sdk, true, Scenario.FailMidway, mayFail: true)), Find(sdk), CallOutcome.Error);

    [Theory]
    [MemberData(nameof(Streams))]
    public async Task What_arrived_of_a_stream_with_an_event_that_is_no_json_is_counted(string sdk) =>
        AssertCounted(Assert.Single(await AskAsync(sdk, true, Scenario.Malformed, mayFail: true)), Find(sdk), CallOutcome.Error);

    [Theory]
    [MemberData(nameof(Streams))]
    public async Task What_arrived_of_a_stream_that_the_app_leaves_is_counted(string sdk)
    {
        LedgerRecord record = Assert.Single(await AskAsync(sdk, true, Scenario.Cancel));

        Assert.Equal((CallOutcome.Cancelled, UsageSource.Counted), (record.Outcome, record.UsageSource));
        Assert.InRange(record.OutputTokens!.Value, 1, Tokens.CountTokens(WireTexts.Pieces[0] + WireTexts.Pieces[1]));
    }

    private static TheoryData<string, bool> PlainAndStreamed(IEnumerable<Sdk> sdks)
    {
        var calls = new TheoryData<string, bool>();
        foreach (Sdk sdk in sdks)
        {
            calls.Add(sdk.Name, false);
            calls.Add(sdk.Name, true);
        }

        return calls;
    }

    private static Sdk Find(string name) => AllSdks.All.Single(sdk => sdk.Name == name);

    private static void AssertReported(LedgerRecord record, Sdk sdk, Counts usage)
    {
        Assert.Equal((CallOutcome.Ok, UsageSource.Reported, sdk.Provider, sdk.Model), (record.Outcome, record.UsageSource, record.Provider, record.Model));
        Assert.Equal((usage.Input, sdk.Cached, usage.Output), (record.InputTokens, record.CachedInputTokens ?? 0, record.OutputTokens));
        Assert.NotNull(record.CostUsd);
        Assert.Equal(sdk.Provider == "ollama", record.CostUsd == 0m);
    }

    private static void AssertCounted(LedgerRecord record, Sdk sdk, CallOutcome outcome)
    {
        Assert.Equal((outcome, UsageSource.Counted), (record.Outcome, record.UsageSource));
        Assert.Equal(Tokens.CountTokens(WireTexts.Pieces[0] + WireTexts.Pieces[1]), record.OutputTokens);
        Assert.True(sdk.Provider == "anthropic" ? record.InputTokens == Counts.Usual.Input : record.InputTokens is > 0 and < 40);
    }

    private async Task RetryAsync(string sdk, bool stream, Scenario scenario, Action<LedgerRecord> assertFailed)
    {
        List<LedgerRecord> records = await AskAsync(sdk, stream, scenario, mayFail: !Find(sdk).Retries);

        Assert.Equal(CallOutcome.Error, records[0].Outcome);
        assertFailed(records[0]);
        if (!Find(sdk).Retries)
        {
            Assert.Single(records);
            return;
        }

        Assert.Equal(2, records.Count);
        AssertReported(records[1], Find(sdk), Counts.Usual);
        Assert.NotNull(records[0].CallId);
        Assert.Equal(records[0].CallId, records[1].CallId);
    }

    private async Task<List<LedgerRecord>> AskAsync(string sdk, bool stream, Scenario scenario, bool mayFail = false)
    {
        await using LoopbackProvider provider = await LoopbackProvider.StartAsync(scenario);
        try
        {
            await Find(sdk).Ask(new SdkCall(provider, stream, scenario == Scenario.Cancel, RecordInLedger));
        }
        catch (Exception) when (mayFail)
        {
            // What the app hears of it is the SDK's business; what is recorded is ours.
        }

        return await RecordsAsync();
    }
}
