using System.ClientModel.Primitives;
using Magsag.Pricing.Catalogue;
using Microsoft.Extensions.AI;
using OpenAI.Chat;
using ChatMessage = Microsoft.Extensions.AI.ChatMessage;

namespace Magsag.Runtime.Tests;

/// <summary>Whatever a call can be billed for is reserved, or the call is refused.</summary>
public sealed class DemandTests
{
    private const string Audio = "gpt-audio";
    private static readonly ModelPrice Mini = PriceCatalog.Embedded.Find("gpt-4o-mini", "openai")!;

    private readonly BudgetOptions _options = new() { Store = new InMemoryBudgetStore() };

    private static CostPolicy PerDay(decimal max) => new() { Limits = [new PolicyLimit("r", LimitSubject.Everything, null, LimitPeriod.Day, max)] };

    private IChatClient Client(decimal max, params ChatResponseUpdate[] answer) => new ScriptedClient(answer).AsBuilder().UseBudget(new BudgetGuard(PerDay(max), _options)).Build();

    private async Task<decimal> AskedAsync(ChatOptions options, params AIContent[] contents) =>
        (await Assert.ThrowsAsync<BudgetExceededException>(() => Client(0m).GetResponseAsync([new ChatMessage(ChatRole.User, contents.Length == 0 ? [new TextContent("hi")] : contents)], options))).Asked;

    private async Task<decimal> SpentAsync() => (await Assert.ThrowsAsync<BudgetExceededException>(() => Client(0m).GetResponseAsync("hi", Capped()))).Spent;

    private static ChatOptions Capped(string model = "gpt-4o-mini", int? cap = 100) => new() { ModelId = model, MaxOutputTokens = cap };

    private static decimal MiniWindow => (Mini.ContextWindow!.Value * 0.15m + 100 * 0.60m) / 1_000_000m;

    [Fact]
    public async Task A_conversation_that_the_provider_keeps_is_reserved_as_the_context_window()
    {
        ChatOptions options = Capped();
        options.ConversationId = "resp_1";

        Assert.Equal(MiniWindow, await AskedAsync(options));
    }

    [Fact]
    public async Task A_kept_conversation_of_a_model_without_a_known_window_is_refused()
    {
        ChatOptions options = Capped("gpt-chat-latest");
        options.ConversationId = "resp_1";

        var refused = await Assert.ThrowsAsync<BudgetExceededException>(() => Client(1m).GetResponseAsync("hi", options));

        Assert.Contains("continues a conversation", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_conversation_that_the_providers_own_options_name_is_reserved_as_the_context_window()
    {
        ChatOptions options = Capped();
        options.RawRepresentationFactory = static _ => Raw("""{"messages":[],"conversation":"c1"}""");

        Assert.True(await AskedAsync(options) >= Mini.ContextWindow!.Value * 0.15m / 1_000_000m);
    }

    [Fact]
    public async Task Several_choices_that_the_providers_own_options_ask_for_are_reserved_each()
    {
        ChatOptions one = Capped();
        one.RawRepresentationFactory = static _ => Raw("""{"messages":[]}""");
        ChatOptions eight = Capped();
        eight.RawRepresentationFactory = static _ => Raw("""{"messages":[],"n":8}""");

        decimal more = await AskedAsync(eight) - await AskedAsync(one);

        Assert.True(more >= 7 * Mini.MaxOutputTokens!.Value * 0.60m / 1_000_000m, $"Only {more} more were asked for.");
    }

    [Fact]
    public async Task What_was_read_of_the_providers_own_options_is_what_is_sent()
    {
        int made = 0;
        object? sent = null;
        var inner = new ScriptedClient(ScriptedClient.Text("fine"));
        IChatClient client = new DelegatingProbe(inner, options => sent = options!.RawRepresentationFactory!(inner)).AsBuilder().UseBudget(new BudgetGuard(PerDay(1m), _options)).Build();
        ChatOptions options = Capped();
        options.RawRepresentationFactory = _ => Raw($$"""{"messages":[],"n":{{++made}}}""");

        await client.GetResponseAsync("hi", options);

        Assert.Equal(1, made);
        Assert.Contains("\"n\":1", ((IPersistableModel<ChatCompletionOptions>)sent!).Write(ModelReaderWriterOptions.Json).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sound_in_the_prompt_is_reserved_at_the_price_of_sound_and_so_is_the_answer()
    {
        decimal asked = await AskedAsync(Capped(Audio, 4_000), new DataContent(new byte[100], "audio/wav"));

        // By the catalogue: 128,000 tokens at $32 a million, 4,000 at $64.
        Assert.Equal((128_000 * 32m + 4_000 * 64m) / 1_000_000m, asked);
    }

    [Fact]
    public async Task Sound_that_the_provider_reports_without_saying_so_is_settled_at_the_price_of_sound()
    {
        IChatClient client = new ScriptedClient(ScriptedClient.Text("fine"), ScriptedClient.Usage(new UsageDetails { InputTokenCount = 100_000, OutputTokenCount = 10 })).AsBuilder()
            .UseBudget(new BudgetGuard(PerDay(100m), _options))
            .Use(
                async (messages, options, inner, cancellationToken) =>
                {
                    ChatResponse answer = await inner.GetResponseAsync(messages, options, cancellationToken);
                    answer.ModelId = Audio;
                    return answer;
                },
                null)
            .Build();

        await client.GetResponseAsync([new ChatMessage(ChatRole.User, [new DataContent(new byte[100], "audio/wav")])], Capped(Audio, 4_000));

        Assert.True(await SpentAsync() >= 100_000 * 32m / 1_000_000m);
    }

    public static TheoryData<AITool> Tools() => [new HostedFileSearchTool(), new HostedCodeInterpreterTool()];

    [Theory]
    [MemberData(nameof(Tools))]
    public async Task A_tool_that_runs_at_the_provider_is_refused_until_it_is_bounded(AITool tool)
    {
        ChatOptions options = Capped();
        options.Tools = [tool];
        IChatClient client = Client(1m, ScriptedClient.Text("fine"), ScriptedClient.Usage(new UsageDetails { InputTokenCount = 10, OutputTokenCount = 2 }));
        await Assert.ThrowsAsync<BudgetExceededException>(() => client.GetResponseAsync("hi", options));
        _options.MaxHostedToolRuns = 3;
        await Assert.ThrowsAsync<BudgetExceededException>(() => client.GetResponseAsync("hi", options));
        _options.HostedToolFeeUsd = 0.01m;

        await client.GetResponseAsync("hi", options);

        Assert.Equal(0.03m + (10 * 0.15m + 2 * 0.60m) / 1_000_000m, await SpentAsync());
        Assert.Equal(0.03m + (4 * Mini.ContextWindow!.Value * 0.15m + 100 * 0.60m) / 1_000_000m, await AskedAsync(options));
    }

    [Fact]
    public async Task A_search_that_the_catalogue_prices_is_reserved_at_that_price()
    {
        ChatOptions options = Capped("claude-sonnet-4-5");
        _options.MaxHostedToolRuns = 3;
        decimal without = await AskedAsync(options);
        options.Tools = [new HostedWebSearchTool()];

        Assert.True(await AskedAsync(options) - without >= 3 * 10m / 1_000m);
    }

    [Fact]
    public async Task The_result_of_a_tool_is_counted_as_the_json_that_is_sent()
    {
        object result = Enumerable.Range(0, 500).Select(static number => new { Number = number, Name = "a name" }).ToArray();

        decimal asked = await AskedAsync(Capped(), new FunctionResultContent("t1", result));

        string json = System.Text.Json.JsonSerializer.Serialize(result, AIJsonUtilities.DefaultOptions);
        Assert.True(asked >= json.Split('"').Length * 0.15m / 1_000_000m, $"Only {asked} were asked for.");
    }

    [Fact]
    public async Task A_picture_in_the_result_of_a_tool_is_reserved_as_the_context_window() =>
        Assert.Equal(MiniWindow, await AskedAsync(Capped(), new FunctionResultContent("t1", new DataContent(new byte[10], "image/png"))));

    [Theory]
    [InlineData(0)]
    [InlineData(-5)]
    [InlineData(int.MinValue)]
    public async Task A_cap_that_can_not_be_one_is_taken_for_none(int cap) =>
        Assert.True(await AskedAsync(Capped(cap: cap)) >= Mini.MaxOutputTokens!.Value * 0.60m / 1_000_000m);

    [Fact]
    public async Task The_largest_cap_is_reserved_as_it_is() =>
        Assert.True(await AskedAsync(Capped(cap: int.MaxValue)) >= int.MaxValue * 0.60m / 1_000_000m);

    [Fact]
    public void Options_that_make_no_sense_are_refused()
    {
        foreach (Action<BudgetOptions> change in new Action<BudgetOptions>[]
        {
            static options => options.DefaultMaxOutputTokens = 0,
            static options => options.DefaultMaxOutputTokens = -1,
            static options => options.MaxHostedToolRuns = -1,
            static options => options.HostedToolFeeUsd = -0.01m,
            static options => options.Lease = TimeSpan.Zero,
            static options => options.Lease = TimeSpan.FromSeconds(-1),
        })
        {
            var options = new BudgetOptions();
            change(options);
            Assert.Throws<ArgumentOutOfRangeException>(() => new BudgetGuard(PerDay(1m), options));
        }
    }

    [Fact]
    public async Task A_negative_amount_makes_no_room()
    {
        var guard = new BudgetGuard(PerDay(1m), _options);

        foreach (BudgetAmount amount in new[] { new BudgetAmount(-1m, 1, 1), new BudgetAmount(1m, -1, 1), new BudgetAmount(1m, 1, -1) })
        {
            await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await guard.ReserveAsync(new CallAttribution(), amount));
            await using BudgetReservation reservation = await guard.ReserveAsync(new CallAttribution(), default);
            await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await reservation.SettleAsync(amount));
        }
    }

    [Theory]
    [InlineData(-1, 10)]
    [InlineData(10, -1)]
    [InlineData(long.MaxValue, long.MaxValue)]
    [InlineData(0, 0)]
    public async Task Usage_that_can_not_be_right_counts_as_the_worst_case_at_least(long input, long output)
    {
        IChatClient client = Client(1m, ScriptedClient.Text("This is an answer of some words, which nobody can write in no tokens at all."), ScriptedClient.Usage(new UsageDetails { InputTokenCount = input, OutputTokenCount = output }));

        await client.GetResponseAsync("hi", Capped());

        Assert.True(await SpentAsync() >= 0.00006615m);
    }

    private static ChatCompletionOptions Raw(string json) => ModelReaderWriter.Read<ChatCompletionOptions>(BinaryData.FromString(json))!;

    private sealed class DelegatingProbe(IChatClient inner, Action<ChatOptions?> sees) : DelegatingChatClient(inner)
    {
        public override Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
        {
            sees(options);
            return base.GetResponseAsync(messages, options, cancellationToken);
        }
    }
}
