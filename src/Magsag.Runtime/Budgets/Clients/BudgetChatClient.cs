// Answers that come later are experimental in Microsoft.Extensions.AI; who asks for them has accepted that.
#pragma warning disable MEAI001
using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;

namespace Magsag.Runtime.Budgets.Clients;

/// <summary>Lets a chat call through only when every budget has room for its worst case.</summary>
internal sealed class BudgetChatClient : DelegatingChatClient
{
    private readonly BudgetAdmission _admission;
    private readonly BudgetPlanner _planner;
    private readonly Uri? _address;

    public BudgetChatClient(IChatClient innerClient, BudgetGuard guard, ILogger logger)
        : base(innerClient)
    {
        ClientIdentity identity = ClientIdentity.From(innerClient.GetService(typeof(ChatClientMetadata)));
        _admission = new BudgetAdmission(guard, logger);
        _planner = new BudgetPlanner(_admission, innerClient, identity);
        _address = identity.Address;
    }

    public override async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        if (IsPoll(options))
        {
            return await base.GetResponseAsync(messages, options, cancellationToken).ConfigureAwait(false);
        }

        IReadOnlyList<ChatMessage> sent = [.. messages];
        (GuardedCall call, BudgetedCall plan) = await BeginAsync(sent, options, cancellationToken).ConfigureAwait(false);
        var output = new BudgetedOutput(plan);
        return await call.AskAsync(() => base.GetResponseAsync(sent, plan.Options, cancellationToken), response =>
        {
            output.Add(response);
            return Taken(output);
        }).ConfigureAwait(false);
    }

    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        if (IsPoll(options))
        {
            await foreach (ChatResponseUpdate again in base.GetStreamingResponseAsync(messages, options, cancellationToken).ConfigureAwait(false))
            {
                yield return again;
            }

            yield break;
        }

        IReadOnlyList<ChatMessage> sent = [.. messages];
        (GuardedCall call, BudgetedCall plan) = await BeginAsync(sent, options, cancellationToken).ConfigureAwait(false);
        var output = new BudgetedOutput(plan);
        await foreach (ChatResponseUpdate update in call.StreamAsync(() => base.GetStreamingResponseAsync(sent, plan.Options, cancellationToken), output.Used, output.Add, () => Taken(output), cancellationToken).ConfigureAwait(false))
        {
            yield return update;
        }
    }

    // Asking again for an answer that is being worked at costs nothing; its call keeps the worst case.
    private static bool IsPoll(ChatOptions? options) => options?.ContinuationToken is not null;

    private async ValueTask<(GuardedCall Call, BudgetedCall Plan)> BeginAsync(IReadOnlyList<ChatMessage> messages, ChatOptions? options, CancellationToken cancellationToken)
    {
        (BudgetedCall plan, BudgetReservation reservation) = await _planner.ReserveAsync(messages, options, cancellationToken).ConfigureAwait(false);
        return (new GuardedCall(_admission, plan.Attribution, reservation, _address), plan);
    }

    private BudgetAmount Taken(BudgetedOutput output) => output.Taken(_admission.Prices, _admission.Guard.Options.Time.GetUtcNow());
}
