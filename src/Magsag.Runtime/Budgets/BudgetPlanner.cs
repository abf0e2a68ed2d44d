using Magsag.Gating;
using Magsag.Pricing;
using Microsoft.Extensions.AI;

namespace Magsag.Runtime;

/// <summary>Finds a form of a call that the budget has room for: as it is, or degraded as the options allow.</summary>
internal sealed class BudgetPlanner(BudgetGuard guard, PriceCatalog? prices, string? provider, string? defaultModel)
{
    public async ValueTask<(BudgetedCall Call, BudgetReservation Reservation)> ReserveAsync(IReadOnlyList<ChatMessage> messages, ChatOptions? options, CancellationToken cancellationToken)
    {
        BudgetedCall call = await PlanAsync(messages, options, cancellationToken).ConfigureAwait(false);
        try
        {
            return (call, await guard.ReserveAsync(call.Attribution, call.Amount, cancellationToken).ConfigureAwait(false));
        }
        catch (BudgetExceededException refused)
        {
            foreach (BudgetFallback fallback in guard.Options.Fallbacks)
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

    private async ValueTask<(BudgetedCall, BudgetReservation)?> WaitAsync(BudgetedCall call, BudgetExceededException refused, TimeSpan atMost, CancellationToken cancellationToken)
    {
        TimeProvider time = guard.Options.Time;
        DateTimeOffset giveUp = time.GetUtcNow() + atMost;
        while (refused.ResetsAt is { } reset && reset <= giveUp)
        {
            TimeSpan pause = reset - time.GetUtcNow();
            await Task.Delay(pause > TimeSpan.Zero ? pause : TimeSpan.Zero, time, cancellationToken).ConfigureAwait(false);
            try
            {
                return (call, await guard.ReserveAsync(call.Attribution, call.Amount, cancellationToken).ConfigureAwait(false));
            }
            catch (BudgetExceededException again)
            {
                refused = again;
            }
        }

        return null;
    }

    private async ValueTask<(BudgetedCall, BudgetReservation)?> TryAsync(BudgetedCall call, CancellationToken cancellationToken)
    {
        try
        {
            return (call, await guard.ReserveAsync(call.Attribution, call.Amount, cancellationToken).ConfigureAwait(false));
        }
        catch (BudgetExceededException)
        {
            return null;
        }
    }

    private async ValueTask<BudgetedCall> PlanAsync(IReadOnlyList<ChatMessage> messages, ChatOptions? options, CancellationToken cancellationToken)
    {
        string? model = options?.ModelId ?? defaultModel;
        CallAttribution attribution = AttributionOf(model);
        ModelPrice? price = model is null ? null : prices?.Find(model, provider);
        (ChatOptions? capped, long output) = Capped(options, model, price);
        long input = WorstCase.InputTokens(messages, capped, model, price);
        decimal? cost = price is null ? null : WorstCase.CostOf(price, input, output, guard.Options.Time.GetUtcNow());
        await guard.RequirePermissionAsync(attribution, cost, cancellationToken).ConfigureAwait(false);
        if (cost is null && !guard.Options.AllowUnpricedModels && guard.CountsDollars(attribution))
        {
            throw new BudgetExceededException($"The model '{model ?? "unknown"}' has no known price, so what a call to it costs can't be kept within a limit in dollars. Give it a price in magsag.prices.yaml, or set AllowUnpricedModels.");
        }

        return new BudgetedCall(capped, attribution, price, new BudgetAmount(cost ?? 0m, 1, input + output), output);
    }

    private (ChatOptions? Options, long Output) Capped(ChatOptions? options, string? model, ModelPrice? price)
    {
        if (options?.MaxOutputTokens is { } cap)
        {
            return (options, cap);
        }

        if (guard.Options.DefaultMaxOutputTokens is { } standard)
        {
            ChatOptions capped = CopyOf(options);
            capped.MaxOutputTokens = standard;
            return (capped, standard);
        }

        return (options, price?.MaxOutputTokens
            ?? throw new BudgetExceededException($"The call to '{model ?? "an unknown model"}' has no cap on its output, and the catalogue doesn't know the model's own, so its worst case isn't known. Set MaxOutputTokens with the call, or DefaultMaxOutputTokens for all."));
    }

    private static ChatOptions CopyOf(ChatOptions? options) => options?.Clone() ?? new ChatOptions();

    private static CallAttribution AttributionOf(string? model)
    {
        CostScope? scope = CostScope.Current;
        return new CallAttribution { RunId = scope?.RunId, Agent = scope?.Agent, Model = model, Customer = scope?.Customer, BillingTier = scope?.BillingTier, Tags = scope?.Tags };
    }
}
