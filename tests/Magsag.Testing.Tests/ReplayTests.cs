using OpenAI.Chat;

namespace Magsag.Testing.Tests;

public sealed class ReplayTests : TapedTest
{
    private const string Text1 = "A refund takes five days.";
    private const string Stream = """
        data: {"id":"c1","object":"chat.completion.chunk","created":1,"model":"gpt-4o-mini-2024-07-18","choices":[{"index":0,"delta":{"role":"assistant","content":""},"finish_reason":null}]}

        data: {"id":"c1","object":"chat.completion.chunk","created":1,"model":"gpt-4o-mini-2024-07-18","choices":[{"index":0,"delta":{"content":"A refund takes"},"finish_reason":null}]}

        data: {"id":"c1","object":"chat.completion.chunk","created":1,"model":"gpt-4o-mini-2024-07-18","choices":[{"index":0,"delta":{"content":" five days."},"finish_reason":null}]}

        data: {"id":"c1","object":"chat.completion.chunk","created":1,"model":"gpt-4o-mini-2024-07-18","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}

        data: {"id":"c1","object":"chat.completion.chunk","created":1,"model":"gpt-4o-mini-2024-07-18","choices":[],"usage":{"prompt_tokens":14,"completion_tokens":7,"total_tokens":21,"prompt_tokens_details":{"cached_tokens":0}}}

        data: [DONE]


        """;

    private static readonly object Body = Answer(Text1, input: 14, output: 7);

    [Fact]
    public async Task A_call_is_replayed_without_a_network()
    {
        using (Insert("refund"))
        {
            await AskAsync(StubProvider.Json(Body), CassetteMode.Record);
        }

        using Cassette cassette = Insert("refund");
        ChatCompletion answer = await AskAsync(StubProvider.Unreachable, CassetteMode.Strict);

        Assert.Equal((Text1, ChatFinishReason.Stop, 14, 7), (answer.Content[0].Text, answer.FinishReason, answer.Usage.InputTokenCount, answer.Usage.OutputTokenCount));
        Assert.True(Assert.Single(cassette.Calls).IsReplayed);
        Assert.Equal(0.0000063m, cassette.CostUsd);
    }

    [Fact]
    public async Task A_replayed_call_is_in_the_ledger_with_its_full_cost_and_says_so()
    {
        using (Insert("refund"))
        {
            await AskAsync(StubProvider.Json(Body), CassetteMode.Record);
        }

        using (Insert("refund"))
        {
            await AskAsync(StubProvider.Unreachable, CassetteMode.Strict);
        }

        List<LedgerRecord> records = await RecordsAsync();
        Assert.Equal([false, true], records.Select(static record => record.Replayed));
        Assert.All(records, static record => Assert.Equal((CallOutcome.Ok, 0.0000063m, 14L, 7L), (record.Outcome, record.CostUsd, record.InputTokens, record.OutputTokens)));
    }

    [Fact]
    public async Task A_plain_recording_serves_a_stream_and_a_streamed_one_a_plain_call()
    {
        using (Insert("plain"))
        {
            await AskAsync(StubProvider.Json(Body), CassetteMode.Record);
        }

        using (Insert("streamed"))
        {
            await StreamAsync(new StubProvider((200, "text/event-stream", Stream)), CassetteMode.Record);
        }

        using (Insert("plain"))
        {
            Assert.Equal((Text1, 14, 7), await StreamAsync(StubProvider.Unreachable, CassetteMode.Strict));
        }

        using Cassette cassette = Insert("streamed");
        Assert.Equal(Text1, (await AskAsync(StubProvider.Unreachable, CassetteMode.Strict)).Content[0].Text);
        Assert.Equal(File.ReadAllText(Path.Combine(Folder, "plain.json")), File.ReadAllText(cassette.FilePath));
    }

    [Fact]
    public async Task The_running_test_names_the_file()
    {
        await AskAsync(StubProvider.Json(Body), CassetteMode.Record);

        Assert.Equal("ReplayTests.The_running_test_names_the_file.json", Path.GetFileName(Assert.Single(Cassettes)));
    }

    [Theory]
    [InlineData("one")]
    [InlineData("two")]
    public async Task Each_row_of_a_theory_has_a_file_of_its_own(string row)
    {
        await AskAsync(StubProvider.Json(Body), CassetteMode.Record);

        Assert.Equal($"ReplayTests.Each_row_of_a_theory_has_a_file_of_its_own.{CassetteFileName.HashOf(row + "\u001f")}.json", Path.GetFileName(Assert.Single(Cassettes)));
    }

    [Fact]
    public async Task Recording_again_gives_the_same_bytes_whatever_ids_and_dates_the_provider_gives()
    {
        using (Insert("refund"))
        {
            await AskAsync(StubProvider.Json(Body), CassetteMode.Record);
        }

        string first = Text;
        using (Insert("refund"))
        {
            await AskAsync(StubProvider.Json(Answer(Text1, 14, 7, id: "c2", created: 1_800_000_000)), CassetteMode.Record);
        }

        Assert.Equal(first, Text);
        Assert.DoesNotContain("\"c1\"", first, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_miss_says_which_message_differs_by_how_many_tokens_and_how_to_record_again()
    {
        using (Insert("refund"))
        {
            await AskAsync(StubProvider.Json(Body), CassetteMode.Record);
        }

        Cassette cassette = Insert("refund");
        CassetteMissException miss = await Assert.ThrowsAsync<CassetteMissException>(() => AskAsync(StubProvider.Unreachable, CassetteMode.Strict, "Where is my refund, please?"));

        Assert.Contains("message 1 (user) differs from character 19 on, 9 → 11 (+2) tokens: \" my refund?\" → \" my refund, please?\"", miss.Message, StringComparison.Ordinal);
        Assert.Contains("MAGSAG_CASSETTES=record dotnet test --filter \"FullyQualifiedName~Magsag.Testing.Tests.ReplayTests.A_miss_says", miss.Message, StringComparison.Ordinal);
        Assert.Throws<CassetteMissException>(cassette.Dispose);
    }

    [Fact]
    public async Task A_miss_that_the_app_swallows_fails_when_the_cassette_is_closed()
    {
        Cassette cassette = Insert("refund");
        try
        {
            await AskAsync(StubProvider.Unreachable, CassetteMode.Strict);
        }
        catch (Exception)
        {
            // As an app does that answers with a default.
        }

        Assert.Contains("There is no such file", Assert.Throws<CassetteMissException>(cassette.Dispose).Message, StringComparison.Ordinal);
        Assert.Equal(0m, Assert.Single(await RecordsAsync()).CostUsd);
    }

    [Fact]
    public async Task The_kth_equal_request_gets_the_kth_answer_and_later_ones_the_last()
    {
        using (Insert("twice"))
        {
            var provider = StubProvider.Json(Answer("one", 14, 1), Answer("two", 14, 1));
            await AskAsync(provider, CassetteMode.Record);
            await AskAsync(provider, CassetteMode.Record);
        }

        using Cassette _ = Insert("twice");
        List<string> texts = [];
        for (int call = 0; call < 3; call++)
        {
            texts.Add((await AskAsync(StubProvider.Unreachable, CassetteMode.Strict)).Content[0].Text);
        }

        Assert.Equal(["one", "two", "two"], texts);
    }

    [Fact]
    public async Task A_refusal_before_the_answer_is_replayed_as_one()
    {
        (int, string, string) refusal = (429, "application/json", """{"error":{"message":"Rate limit reached for gpt-4o-mini in organization org-abcdef123456","type":"tokens","code":"rate_limit_exceeded"}}""");
        using (Insert("busy"))
        {
            await AskAsync(new StubProvider(refusal, (200, "application/json", System.Text.Json.JsonSerializer.Serialize(Body))), CassetteMode.Record);
        }

        Assert.DoesNotContain("org-abcdef", Text, StringComparison.Ordinal);
        using Cassette cassette = Insert("busy");
        Assert.Equal(Text1, (await AskAsync(StubProvider.Unreachable, CassetteMode.Strict)).Content[0].Text);
        Assert.Equal([429, 200], cassette.Calls.Select(static call => call.Status));
    }

    [Fact]
    public async Task At_a_desk_only_tests_without_a_recording_are_recorded()
    {
        var provider = StubProvider.Json(Body);
        using (Insert("desk"))
        {
            await AskAsync(provider, CassetteMode.Missing);
        }

        Cassette cassette = Insert("desk");
        await AskAsync(provider, CassetteMode.Missing);
        CassetteMissException miss = await Assert.ThrowsAsync<CassetteMissException>(() => AskAsync(provider, CassetteMode.Missing, "Another question?"));

        Assert.Equal(1, provider.Requests);
        Assert.Contains("isn't paid for again by itself", miss.Message, StringComparison.Ordinal);
        Assert.Throws<CassetteMissException>(cassette.Dispose);
    }

    [Fact]
    public async Task Drift_replays_the_answer_and_counts_the_changed_prompt_anew()
    {
        using (Insert("drift"))
        {
            await AskAsync(StubProvider.Json(Body), CassetteMode.Record);
        }

        using Cassette cassette = Insert("drift");
        ChatCompletion answer = await AskAsync(StubProvider.Unreachable, CassetteMode.Drift, "Where is my refund, please?");

        Assert.Equal((Text1, 16, 7), (answer.Content[0].Text, answer.Usage.InputTokenCount, answer.Usage.OutputTokenCount));
        Assert.True(Assert.Single(cassette.Calls).IsDrifted);
        LedgerRecord record = (await RecordsAsync())[^1];
        Assert.Equal((true, 16L, UsageSource.Counted), (record.Replayed, record.InputTokens, record.UsageSource));
    }

    [Fact]
    public async Task A_usage_that_was_edited_is_refused()
    {
        using (Insert("edited"))
        {
            await AskAsync(StubProvider.Json(Answer(string.Join(' ', Enumerable.Repeat("A refund takes five days.", 20)), 14, 121)), CassetteMode.Record);
        }

        File.WriteAllText(Cassettes[0], Text.Replace("121", "12", StringComparison.Ordinal));
        Cassette cassette = Insert("edited");
        CassetteException refused = await Assert.ThrowsAsync<CassetteException>(() => AskAsync(StubProvider.Unreachable, CassetteMode.Strict));

        Assert.Contains("output is recorded as 12 tokens, but the answer has 120 by our count", refused.Message, StringComparison.Ordinal);
        Assert.Throws<CassetteException>(cassette.Dispose);
    }

    [Fact]
    public async Task Handlers_between_the_cassette_and_the_network_are_an_error()
    {
        using Cassette _ = Insert("order");
        using var client = new HttpClient(Tape(new CostTrackingHandler { InnerHandler = StubProvider.Unreachable }, CassetteMode.Strict));

        CassetteException error = await Assert.ThrowsAsync<CassetteException>(() => client.PostAsync(new Uri("https://api.openai.com/v1/chat/completions"), new StringContent("{}"), TestContext.Current.CancellationToken));

        Assert.StartsWith("CostTrackingHandler stands between the cassette and the network", error.Message, StringComparison.Ordinal);
    }

    internal static object Answer(string text, int input, int output, string id = "c1", long created = 1, int cached = 0) => new
    {
        id,
        @object = "chat.completion",
        created,
        model = "gpt-4o-mini-2024-07-18",
        choices = new[] { new { index = 0, message = new { role = "assistant", content = text }, finish_reason = "stop" } },
        usage = new { prompt_tokens = input, completion_tokens = output, total_tokens = input + output, prompt_tokens_details = new { cached_tokens = cached } },
        system_fingerprint = "fp_" + id,
    };

    private async Task<ChatCompletion> AskAsync(StubProvider provider, CassetteMode mode, string question = "Where is my refund?") =>
        await new ChatClient("gpt-4o-mini", Key, OpenAI(provider, mode)).CompleteChatAsync(question);

    private async Task<(string Text, int Input, int Output)> StreamAsync(StubProvider provider, CassetteMode mode)
    {
        string text = "";
        ChatTokenUsage? usage = null;
        await foreach (StreamingChatCompletionUpdate update in new ChatClient("gpt-4o-mini", Key, OpenAI(provider, mode)).CompleteChatStreamingAsync("Where is my refund?"))
        {
            text += string.Concat(update.ContentUpdate.Select(static part => part.Text));
            usage = update.Usage ?? usage;
        }

        return (text, usage!.InputTokenCount, usage.OutputTokenCount);
    }
}
