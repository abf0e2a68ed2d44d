using Magsag.Ledger.Records;
using Magsag.Pricing.Tokens;
using Microsoft.Extensions.Logging;

namespace Magsag.Runtime.Budgets.Attempts;

/// <summary>Guards calls that have neither a cap nor another form that costs less: embeddings, pictures, speech, transcriptions and requests that an app sends by itself.</summary>
internal sealed class UncappedBudget
{
    private readonly ClientIdentity _client;

    /// <summary>Guards the calls of one client.</summary>
    public UncappedBudget(BudgetGuard guard, ILogger logger, ClientIdentity client = default)
    {
        Admission = new BudgetAdmission(guard, logger);
        _client = client;
    }

    /// <summary>Makes and ends the reservations.</summary>
    public BudgetAdmission Admission { get; }

    /// <summary>How budgets are kept.</summary>
    public BudgetOptions Options => Admission.Guard.Options;

    /// <summary>The demand of a call to a model before anything of it is counted.</summary>
    public CallDemand DemandFor(string? requestedModel)
    {
        string? model = requestedModel ?? _client.DefaultModel;
        return new CallDemand { Model = model, Price = model is null ? null : Admission.Prices?.Find(model, _client.Provider) };
    }

    /// <summary>Reserves the worst case of a call, waiting for room as far as the options allow.</summary>
    /// <exception cref="BudgetExceededException">A limit has no room for it.</exception>
    public async ValueTask<(GuardedCall Call, CallDemand Demand)> ReserveAsync(CallDemand demand, CancellationToken cancellationToken, Uri? address = null)
    {
        CallDemand priced = WorstCase.Price(demand, Options);
        CallAttribution attribution = BudgetAdmission.AttributionOf(priced.Model);
        await Admission.AdmitAsync(attribution, priced.CostUsd, cancellationToken).ConfigureAwait(false);
        BudgetReservation reservation = await ReserveAsync(attribution, priced.Amount, cancellationToken).ConfigureAwait(false);
        return (new GuardedCall(Admission, attribution, reservation, address ?? _client.Address), priced);
    }

    /// <summary>Makes a call that is answered at once.</summary>
    /// <param name="demand">What it can take.</param>
    /// <param name="ask">Makes the call.</param>
    /// <param name="read">Reads the usage of its answer; null when none was reported.</param>
    /// <param name="cancellationToken">Cancels the wait for room.</param>
    public async Task<TAnswer> AskAsync<TAnswer>(CallDemand demand, Func<Task<TAnswer>> ask, Func<TAnswer, Usage?> read, CancellationToken cancellationToken)
    {
        (GuardedCall call, CallDemand priced) = await ReserveAsync(demand, cancellationToken).ConfigureAwait(false);
        return await call.AskAsync(ask, answer => Taken(priced, read(answer))).ConfigureAwait(false);
    }

    /// <summary>Makes a call whose answer is streamed.</summary>
    /// <param name="demand">What it can take.</param>
    /// <param name="ask">Makes the call.</param>
    /// <param name="add">Adds a piece of the answer to what it used.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public async IAsyncEnumerable<TUpdate> StreamAsync<TUpdate>(CallDemand demand, Func<IAsyncEnumerable<TUpdate>> ask, Action<UsageAccumulator, TUpdate> add, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        (GuardedCall call, CallDemand priced) = await ReserveAsync(demand, cancellationToken).ConfigureAwait(false);
        var used = new UsageAccumulator(priced.Model);
        BudgetAmount TakenSoFar() => Taken(priced, used.HasFinalReport ? used.Measure(isWhole: true, static _ => null).Usage : null);
        await foreach (TUpdate update in call.StreamAsync(ask, used, update => add(used, update), TakenSoFar, cancellationToken).ConfigureAwait(false))
        {
            yield return update;
        }
    }

    // Without a report, or with one that can't be right, the worst case is what it took.
    private static BudgetAmount Taken(CallDemand demand, Usage? reported)
    {
        if (reported is not { Problem: null } usage)
        {
            return demand.Amount;
        }

        bool isInputTold = !demand.HasMedia || usage.InputAudioTokens + usage.InputImageTokens + usage.InputVideoTokens > 0;
        decimal? cost = demand.Price is null ? null : WorstCase.CostOf(demand.Price, usage, demand.Terms, !isInputTold, hasUntoldOutput: demand.OutputTokens > 0);
        return new BudgetAmount(cost ?? demand.Amount.Usd, 1, usage.InputTokens + usage.OutputTokens);
    }

    private async ValueTask<BudgetReservation> ReserveAsync(CallAttribution call, BudgetAmount worst, CancellationToken cancellationToken)
    {
        try
        {
            return await Admission.Guard.ReserveAsync(call, worst, cancellationToken).ConfigureAwait(false);
        }
        catch (BudgetExceededException refused)
        {
            foreach (TimeSpan atMost in Options.Fallbacks.Select(static fallback => fallback.LongestWait).OfType<TimeSpan>())
            {
                if (await Admission.WaitAsync(call, worst, refused, atMost, cancellationToken).ConfigureAwait(false) is { } reservation)
                {
                    return reservation;
                }
            }

            throw;
        }
    }
}
