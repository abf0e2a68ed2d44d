using Microsoft.Extensions.AI;

namespace Magsag.Runtime.Sdks.Tests;

/// <summary>A provider that ignores the cap is stopped, whatever it streams, and what arrived is entered.</summary>
public sealed class LongStreamTests : BudgetedClientTest
{
    private const int Cap = 100;

    public static TheoryData<string, LongContent> Streams() => new()
    {
        { "OpenAI chat", LongContent.Text },
        { "OpenAI chat", LongContent.ToolCall },
        { "OpenAI responses", LongContent.Text },
        { "OpenAI responses", LongContent.Reasoning },
        { "OpenAI responses", LongContent.ToolCall },
        { "Anthropic", LongContent.Text },
        { "Anthropic", LongContent.Reasoning },
        { "Anthropic", LongContent.ToolCall },
    };

    [Theory]
    [MemberData(nameof(Streams))]
    public async Task A_stream_is_stopped_soon_after_its_cap_and_counts_as_what_arrived(string sdk, LongContent content)
    {
        await using BillingProvider provider = await BillingProvider.StartAsync(static _ => Mishap.GoesOn, content);
        int seen = 0;

        await Assert.ThrowsAsync<BudgetExceededException>(async () =>
        {
            await foreach (ChatResponseUpdate _ in Client(sdk, provider).GetStreamingResponseAsync("hi", new ChatOptions { MaxOutputTokens = Cap }))
            {
                seen++;
            }
        });

        Assert.InRange(seen, Cap / 2, Cap + 10);
        (decimal spent, decimal reserved) = await AccountAsync(LimitMeasure.Tokens);
        Assert.InRange(spent, Cap + 1, Cap + 200);
        Assert.Equal(0m, reserved);
    }

    [Theory]
    [MemberData(nameof(Streams))]
    public async Task A_stream_that_is_left_counts_its_worst_case_though_a_placeholder_was_reported(string sdk, LongContent content)
    {
        await using BillingProvider provider = await BillingProvider.StartAsync(static _ => Mishap.GoesOn, content);
        int seen = 0;

        await foreach (ChatResponseUpdate _ in Client(sdk, provider).GetStreamingResponseAsync("hi", new ChatOptions { MaxOutputTokens = Cap }))
        {
            if (++seen == 20)
            {
                break;
            }
        }

        (decimal spent, decimal reserved) = await AccountAsync(LimitMeasure.Tokens);
        Assert.InRange(spent, Cap, Cap + 200);
        Assert.Equal(0m, reserved);
    }

    private IChatClient Client(string sdk, BillingProvider provider) =>
        GuardedSdks.All[sdk].Create(new SdkSetup(provider.Address)).AsBuilder().UseBudget(Guard(1_000_000, LimitMeasure.Tokens)).Build();
}
