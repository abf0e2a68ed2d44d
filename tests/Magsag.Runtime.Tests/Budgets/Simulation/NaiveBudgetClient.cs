using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace Magsag.Runtime.Tests;

/// <summary>Reserves once for each call, and gives it back when the call fails.</summary>
internal sealed class NaiveBudgetClient(IChatClient inner, BudgetGuard guard) : DelegatingChatClient(inner)
{
    public override async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        await using BudgetReservation reservation = await ReserveAsync(messages, options ??= new ChatOptions(), cancellationToken);
        ChatResponse answer = await base.GetResponseAsync(messages, options, cancellationToken);
        await reservation.SettleAsync(AmountOf(answer.Usage?.InputTokenCount ?? 0, answer.Usage?.OutputTokenCount ?? 0), cancellationToken);
        return answer;
    }

    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await using BudgetReservation reservation = await ReserveAsync(messages, options ??= new ChatOptions(), cancellationToken);
        await foreach (ChatResponseUpdate update in base.GetStreamingResponseAsync(messages, options, cancellationToken))
        {
            if (update.Contents.OfType<UsageContent>().FirstOrDefault() is { } usage)
            {
                await reservation.SettleAsync(AmountOf(usage.Details.InputTokenCount ?? 0, usage.Details.OutputTokenCount ?? 0), cancellationToken);
            }

            yield return update;
        }
    }

    private ValueTask<BudgetReservation> ReserveAsync(IEnumerable<ChatMessage> messages, ChatOptions options, CancellationToken cancellationToken)
    {
        options.MaxOutputTokens ??= 300;
        return guard.ReserveAsync(new CallAttribution { RunId = CostScope.Current?.RunId, Model = SimulatedProvider.Model }, AmountOf(messages.Sum(static message => message.Text.Length), options.MaxOutputTokens.Value), cancellationToken);
    }

    private static BudgetAmount AmountOf(long input, long output) => new(((input * 0.15m) + (output * 0.60m)) / 1_000_000m, 1, input + output);
}
