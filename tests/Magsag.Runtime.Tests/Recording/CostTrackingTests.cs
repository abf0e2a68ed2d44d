using Microsoft.Extensions.AI;

namespace Magsag.Runtime.Tests;

public sealed class CostTrackingTests : IAsyncLifetime
{
    private readonly RunsDirectory _runs = new();
    private CostLedger _ledger = null!;

    public Task InitializeAsync()
    {
        _ledger = new CostLedger(_runs.Path);
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        await _ledger.DisposeAsync();
        _runs.Dispose();
    }

    private IChatClient Chat(LoopbackProvider provider, string model = "gpt-4o-mini") =>
        provider.Client.GetChatClient(model).AsIChatClient().AsBuilder().UseCostTracking(Configure).Build();

    private void Configure(CostTrackingOptions options) => (options.Ledger, options.CaptureCallSites) = (_ledger, true);

    private async Task<LedgerRecord> TheRecordAsync()
    {
        await _ledger.FlushAsync();
        return Assert.Single(_runs.Records());
    }

    [Fact]
    public async Task A_call_is_recorded_with_its_exact_cost()
    {
        await using LoopbackProvider provider = await LoopbackProvider.StartAsync();

        await Chat(provider).GetResponseAsync("hi");

        LedgerRecord record = await TheRecordAsync();
        Assert.Equal(("gpt-4o-mini", "openai", "chat", CallOutcome.Ok), (record.Model, record.Provider, record.Operation, record.Outcome));
        Assert.Equal((1000L, 200L, 100L, 30L), (record.InputTokens, record.CachedInputTokens, record.OutputTokens, record.ReasoningTokens));
        Assert.Equal(UsageSource.Reported, record.UsageSource);
        Assert.Equal(((800 * 0.15m) + (200 * 0.075m) + (100 * 0.60m)) / 1_000_000m, record.CostUsd);
    }

    [Fact]
    public async Task A_streamed_call_is_recorded_once_with_the_usage_of_its_last_chunk()
    {
        await using LoopbackProvider provider = await LoopbackProvider.StartAsync();

        string text = "";
        await foreach (ChatResponseUpdate update in Chat(provider).GetStreamingResponseAsync("hi"))
        {
            text += update.Text;
        }

        LedgerRecord record = await TheRecordAsync();
        Assert.Equal("one two three", text);
        Assert.Equal((CallOutcome.Ok, 1000L, 100L), (record.Outcome, record.InputTokens, record.OutputTokens));
    }

    [Fact]
    public async Task Row_12_a_reader_that_stops_pays_for_what_arrived()
    {
        await using LoopbackProvider provider = await LoopbackProvider.StartAsync();

        await foreach (ChatResponseUpdate update in Chat(provider).GetStreamingResponseAsync("hi"))
        {
            if (update.Text.Length > 0)
            {
                break;
            }
        }

        // "hi" and "one " are a token and two, and a message has some beside its text.
        LedgerRecord record = await TheRecordAsync();
        Assert.Equal((CallOutcome.Cancelled, UsageSource.Counted, 8L, 2L), (record.Outcome, record.UsageSource, record.InputTokens, record.OutputTokens));
        Assert.Equal(((8 * 0.15m) + (2 * 0.60m)) / 1_000_000m, record.CostUsd);
    }

    [Fact]
    public async Task A_stream_that_breaks_off_is_recorded_as_an_error_and_still_fails()
    {
        await using LoopbackProvider provider = await LoopbackProvider.StartAsync(breakOff: true);

        await Assert.ThrowsAnyAsync<Exception>(async () =>
        {
            await foreach (ChatResponseUpdate _ in Chat(provider).GetStreamingResponseAsync("hi"))
            {
            }
        });

        LedgerRecord record = await TheRecordAsync();
        Assert.Equal((CallOutcome.Error, UsageSource.Counted), (record.Outcome, record.UsageSource));
        Assert.True(record.CostUsd > 0m);
    }

    [Theory]
    [InlineData(429)]
    [InlineData(500)]
    public async Task A_failed_call_is_recorded_as_an_error_and_still_fails(int status)
    {
        await using LoopbackProvider provider = await LoopbackProvider.StartAsync(status);

        await Assert.ThrowsAsync<System.ClientModel.ClientResultException>(() => Chat(provider).GetResponseAsync("hi"));

        LedgerRecord record = await TheRecordAsync();
        Assert.Equal((CallOutcome.Error, "gpt-4o-mini", (long?)null), (record.Outcome, record.RequestedModel, record.InputTokens));
    }

    [Fact]
    public async Task A_cancelled_call_is_recorded_as_cancelled()
    {
        await using LoopbackProvider provider = await LoopbackProvider.StartAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Chat(provider).GetResponseAsync("hi", cancellationToken: new CancellationToken(canceled: true)));

        Assert.Equal(CallOutcome.Cancelled, (await TheRecordAsync()).Outcome);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Row_11_usage_that_nobody_reports_is_counted_and_marked(bool stream)
    {
        await using LoopbackProvider provider = await LoopbackProvider.StartAsync(usage: false);

        if (stream)
        {
            await Chat(provider).GetStreamingResponseAsync("hi").ToChatResponseAsync();
        }
        else
        {
            await Chat(provider).GetResponseAsync("hi");
        }

        LedgerRecord record = await TheRecordAsync();
        Assert.Equal((UsageSource.Counted, 8L, stream ? 3L : 1L), (record.UsageSource, record.InputTokens, record.OutputTokens));
    }

    [Fact]
    public async Task Row_16_usage_that_can_not_even_be_counted_is_unknown_and_not_zero()
    {
        await using LoopbackProvider provider = await LoopbackProvider.StartAsync(usage: false);

        await Chat(provider).GetResponseAsync(new ChatMessage(ChatRole.User, [new DataContent("data:image/png;base64,AAAA")]));

        LedgerRecord record = await TheRecordAsync();
        Assert.Equal((UsageSource.Unknown, (long?)null, (decimal?)null), (record.UsageSource, record.InputTokens, record.CostUsd));
        var summary = new SummaryBuilder();
        summary.Add(record);
        Assert.Equal((1L, 0m), (summary.ToSummary().Totals.UnmeteredCalls, summary.ToSummary().Totals.CostUsd));
    }

    [Fact]
    public async Task A_model_without_a_price_has_no_cost_and_is_named_in_the_log_once()
    {
        await using LoopbackProvider provider = await LoopbackProvider.StartAsync();
        var log = new CapturedLog();
        IChatClient client = provider.Client.GetChatClient("a-model-of-ours").AsIChatClient().AsBuilder().UseCostTracking(Configure).Build(log);

        await client.GetResponseAsync("hi");
        await client.GetResponseAsync("hi");

        await _ledger.FlushAsync();
        Assert.All(_runs.Records(), record => Assert.Equal((1000L, (decimal?)null), (record.InputTokens, record.CostUsd)));
        await log.FirstAsync();
        Assert.Contains("a-model-of-ours", Assert.Single(log.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_embedding_call_is_recorded_though_its_caller_never_sees_the_usage()
    {
        await using LoopbackProvider provider = await LoopbackProvider.StartAsync();
        IEmbeddingGenerator<string, Embedding<float>> generator = provider.Client.GetEmbeddingClient("text-embedding-3-small").AsIEmbeddingGenerator().AsBuilder().UseCostTracking(Configure).Build();

        await generator.GenerateVectorAsync("hi");

        LedgerRecord record = await TheRecordAsync();
        Assert.Equal(("embeddings", 8L, 8 * 0.02m / 1_000_000m), (record.Operation, record.InputTokens, record.CostUsd));
    }

    [Fact]
    public async Task Every_request_of_a_tool_loop_has_a_record_and_the_call_site_of_the_one_who_began_it()
    {
        var calls = new ToolCallingClient();
        IChatClient client = calls.AsBuilder().UseFunctionInvocation().UseCostTracking(Configure).Build();

        await client.GetResponseAsync("hi", new ChatOptions { Tools = [AIFunctionFactory.Create(() => "sunny", "weather")] });

        await _ledger.FlushAsync();
        List<LedgerRecord> records = _runs.Records();
        Assert.Equal(2, records.Count);
        Assert.All(records, record => Assert.EndsWith($"{nameof(CostTrackingTests)}.{nameof(Every_request_of_a_tool_loop_has_a_record_and_the_call_site_of_the_one_who_began_it)}", record.Member, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_call_whose_own_site_cannot_be_seen_never_gets_the_site_of_an_earlier_one()
    {
        await using LoopbackProvider provider = await LoopbackProvider.StartAsync();
        IChatClient client = Chat(provider);
        await client.GetResponseAsync("seen");

        // Reflection on a thread of the pool: no frame of the user's is on that stack.
        var unseen = (Func<IEnumerable<ChatMessage>, ChatOptions?, CancellationToken, Task<ChatResponse>>)client.GetResponseAsync;
        await Task.Factory.StartNew(CallWithoutUserFrames(unseen), CancellationToken.None, TaskCreationOptions.None, TaskScheduler.Default).Unwrap();

        await _ledger.FlushAsync();
        Assert.Equal([true, false], _runs.Records().Select(record => record.Member is not null));
    }

    private static Func<Task<ChatResponse>> CallWithoutUserFrames(Func<IEnumerable<ChatMessage>, ChatOptions?, CancellationToken, Task<ChatResponse>> call) =>
        System.Linq.Expressions.Expression.Lambda<Func<Task<ChatResponse>>>(System.Linq.Expressions.Expression.Invoke(
            System.Linq.Expressions.Expression.Constant(call),
            System.Linq.Expressions.Expression.Constant(new[] { new ChatMessage(ChatRole.User, "unseen") }, typeof(IEnumerable<ChatMessage>)),
            System.Linq.Expressions.Expression.Constant(null, typeof(ChatOptions)),
            System.Linq.Expressions.Expression.Default(typeof(CancellationToken)))).Compile();

    [Fact]
    public async Task A_scope_attributes_the_calls_made_inside_it()
    {
        await using LoopbackProvider provider = await LoopbackProvider.StartAsync();
        IChatClient client = Chat(provider);

        using (CostScope.Begin(agent: "triage", customer: "acme", run: "r1", billingTier: "gold", tags: new Dictionary<string, string> { ["team"] = "support" }))
        {
            await client.GetResponseAsync("hi");
        }

        LedgerRecord record = await TheRecordAsync();
        Assert.Equal(("triage", "acme", "r1", "gold", "support"), (record.Agent, record.Customer, record.RunId, record.BillingTier, record.Tags!["team"]));
    }

    [Fact]
    public async Task A_run_that_ended_has_a_summary()
    {
        await using LoopbackProvider provider = await LoopbackProvider.StartAsync();
        IChatClient client = Chat(provider);

        using (CostScope.Begin(run: "../../etc/run 1"))
        {
            await client.GetResponseAsync("hi");
        }

        await _ledger.FlushAsync();
        string summary = Assert.Single(Directory.GetFiles(_runs.Path, "summary.json", SearchOption.AllDirectories));
        Assert.Equal(Path.Combine(_runs.Path, "agents"), Path.GetDirectoryName(Path.GetDirectoryName(summary)));
        Assert.Equal(1, SummaryFile.Read(summary).Totals.Calls);
    }

    [Fact]
    public async Task The_call_site_names_the_method_the_test_and_the_line()
    {
        await using LoopbackProvider provider = await LoopbackProvider.StartAsync();
        IChatClient client = Chat(provider);

        await client.GetResponseAsync("hi");

        LedgerRecord record = await TheRecordAsync();
        string method = $"{typeof(CostTrackingTests).FullName}.{nameof(The_call_site_names_the_method_the_test_and_the_line)}";
        Assert.Equal((method, method), (record.Member, record.Test));
        Assert.Matches("CostTrackingTests\\.cs:[0-9]+$", record.Site);
        Assert.Equal(typeof(CostTrackingTests).Module.ModuleVersionId, record.Module);
    }

    [Fact]
    public async Task A_ledger_that_cannot_be_written_never_breaks_a_call()
    {
        await using LoopbackProvider provider = await LoopbackProvider.StartAsync();
        File.WriteAllText(_runs.Path, "a file where the directory should be");

        ChatResponse response = await Chat(provider).GetResponseAsync("hi");

        await _ledger.FlushAsync();
        Assert.Equal("fine", response.Text);
        Assert.Equal(1, _ledger.LostRecords);
    }
}
