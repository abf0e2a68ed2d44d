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
        IReadOnlyList<ChatMessage> sent = [.. messages];
        (GuardedCall call, BudgetedCall plan) = await BeginAsync(sent, options, cancellationToken).ConfigureAwait(false);
        var output = new BudgetedOutput(plan);
        await foreach (ChatResponseUpdate update in call.StreamAsync(() => base.GetStreamingResponseAsync(sent, plan.Options, cancellationToken), output.Used, output.Add, () => Taken(output), cancellationToken).ConfigureAwait(false))
        {
            yield return update;
        }
    }

    private async ValueTask<(GuardedCall Call, BudgetedCall Plan)> BeginAsync(IReadOnlyList<ChatMessage> messages, ChatOptions? options, CancellationToken cancellationToken)
    {
        (BudgetedCall plan, BudgetReservation reservation) = await _planner.ReserveAsync(messages, options, cancellationToken).ConfigureAwait(false);
        return (new GuardedCall(_admission, plan.Attribution, reservation, _address), plan);
    }

    private BudgetAmount Taken(BudgetedOutput output) => output.Taken(_admission.Prices, _admission.Guard.Options.Time.GetUtcNow());
}
