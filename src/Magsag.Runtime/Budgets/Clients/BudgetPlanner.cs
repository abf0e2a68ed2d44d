// Continuation tokens are experimental in the oldest Microsoft.Extensions.AI that this works with.
#pragma warning disable MEAI001

using Magsag.Ledger.Records;
using Magsag.Pricing.Catalogue;
using Microsoft.Extensions.AI;

namespace Magsag.Runtime.Budgets.Clients;

/// <summary>Finds a form of a call that the budget has room for: as it is, or degraded as the options allow.</summary>
internal sealed class BudgetPlanner(BudgetAdmission admission, IChatClient client, ClientIdentity identity)
{
    private readonly BudgetGuard _guard = admission.Guard;

    public async ValueTask<(BudgetedCall Call, BudgetReservation Reservation)> ReserveAsync(IReadOnlyList<ChatMessage> messages, ChatOptions? options, CancellationToken cancellationToken)
    {
        BudgetedCall call = await PlanAsync(messages, options, cancellationToken).ConfigureAwait(false);
        try
        {
            return (call, await _guard.ReserveAsync(call.Attribution, call.Amount, cancellationToken).ConfigureAwait(false));
        }
        catch (BudgetExceededException refused)
        {
            foreach (BudgetFallback fallback in _guard.Options.Fallbacks)
            {
                if (await TryAsync(fallback, call, messages, refused, cancellationToken).ConfigureAwait(false) is { } found)
                {
                    return found;
                }
            }

            throw;
        }
    }

    private async ValueTask<(BudgetedCall, BudgetReservation)?> TryAsync(BudgetFallback fallback, BudgetedCall call, IReadOnlyList<ChatMessage> messages, BudgetExceededException refused, CancellationToken cancellationToken)
    {
        if (fallback.Model is { } model)
        {
            ChatOptions cheaper = CopyOf(call.Options);
            cheaper.ModelId = model;
            return await TryAsync(await PlanAsync(messages, cheaper, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
        }

        return fallback.SmallestCap is { } smallest
            ? await TrySmallerAsync(call, messages, smallest, cancellationToken).ConfigureAwait(false)
            : await WaitAsync(call, refused, fallback.LongestWait.GetValueOrDefault(), cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<(BudgetedCall, BudgetReservation)?> TrySmallerAsync(BudgetedCall call, IReadOnlyList<ChatMessage> messages, int smallest, CancellationToken cancellationToken)
    {
        for (long cap = call.MaxOutputTokens; cap > smallest;)
        {
            cap = Math.Max(cap / 2, smallest);
            ChatOptions smaller = CopyOf(call.Options);
            smaller.MaxOutputTokens = (int)cap;
            if (await TryAsync(await PlanAsync(messages, smaller, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false) is { } found)
            {
                return found;
            }
        }

        return null;
    }

    private async ValueTask<(BudgetedCall, BudgetReservation)?> WaitAsync(BudgetedCall call, BudgetExceededException refused, TimeSpan atMost, CancellationToken cancellationToken) =>
        await admission.WaitAsync(call.Attribution, call.Amount, refused, atMost, cancellationToken).ConfigureAwait(false) is { } reservation ? (call, reservation) : null;

    private async ValueTask<(BudgetedCall, BudgetReservation)?> TryAsync(BudgetedCall call, CancellationToken cancellationToken)
    {
        try
        {
            return (call, await _guard.ReserveAsync(call.Attribution, call.Amount, cancellationToken).ConfigureAwait(false));
        }
        catch (BudgetExceededException)
        {
            return null;
        }
    }

    private async ValueTask<BudgetedCall> PlanAsync(IReadOnlyList<ChatMessage> messages, ChatOptions? options, CancellationToken cancellationToken)
    {
        string? model = options?.ModelId ?? identity.DefaultModel;
        CallAttribution attribution = BudgetAdmission.AttributionOf(model);
        var demand = new CallDemand
        {
            Model = model,
            Price = model is null ? null : admission.Prices?.Find(model, identity.Provider),
            MayChooseTier = options?.RawRepresentationFactory is not null || options?.AdditionalProperties is { Count: > 0 },
        };
        RawOptions? raw = null;
        if (options?.RawRepresentationFactory is not null)
        {
            (options, raw) = RawOptions.Read(options, client);
        }

        (ChatOptions? capped, long output) = Capped(options, model, demand.Price);
        demand = WithInput(demand, messages, capped, raw) with { OutputTokens = output * (raw?.Choices ?? 1) };
        demand = HostedTools.AddTo(demand, capped?.Tools ?? [], raw?.HostedTools ?? 0, _guard.CountsDollars(attribution), _guard.Options);
        demand = WorstCase.Price(demand, _guard.Options);
        await admission.AdmitAsync(attribution, demand.CostUsd, cancellationToken).ConfigureAwait(false);
        return new BudgetedCall(capped, attribution, demand);
    }

    private static CallDemand WithInput(CallDemand demand, IReadOnlyList<ChatMessage> messages, ChatOptions? options, RawOptions? raw)
    {
        if (options?.ConversationId is not null || options?.ContinuationToken is not null || raw?.UsesKeptInput == true)
        {
            // What the provider keeps of a conversation is billed as input again, and only it knows how much that is, and of what kind.
            return demand with { InputTokens = PromptDemand.Window(demand.Price, demand.Model, "continues a conversation that the provider keeps"), HasMedia = true };
        }

        return PromptDemand.Count(messages, options, raw?.Json, demand.Model, demand.Price) is { } counted
            ? demand with { InputTokens = counted, HasMedia = raw is { Json: null } or { HasMedia: true } }
            : demand with { InputTokens = PromptDemand.Window(demand.Price, demand.Model, "has content other than text"), HasMedia = true };
    }

    private (ChatOptions? Options, long Output) Capped(ChatOptions? options, string? model, ModelPrice? price)
    {
        // What the provider's own options say goes before the cap; a cap that can't be one is taken for none.
        bool isBinding = options?.RawRepresentationFactory is null && options?.MaxOutputTokens is null or > 0;
        if (isBinding && options?.MaxOutputTokens is { } cap)
        {
            return (options, cap);
        }

        if (isBinding && _guard.Options.DefaultMaxOutputTokens is { } standard)
        {
            ChatOptions capped = CopyOf(options);
            capped.MaxOutputTokens = standard;
            return (capped, standard);
        }

        return (options, price?.MaxOutputTokens is { } most and > 0 ? most
            : throw new BudgetExceededException($"The call to '{model ?? "an unknown model"}' has no cap on its output that holds for certain, and the catalogue doesn't know the model's own, so its worst case isn't known. Set MaxOutputTokens with the call, or DefaultMaxOutputTokens for all, and no RawRepresentationFactory."));
    }

    private static ChatOptions CopyOf(ChatOptions? options) => options?.Clone() ?? new ChatOptions();
}
