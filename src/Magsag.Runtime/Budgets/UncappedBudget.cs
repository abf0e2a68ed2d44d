using System.Runtime.ExceptionServices;
using Magsag.Ledger.Records;
using Magsag.Pricing.Tokens;
using Microsoft.Extensions.Logging;

namespace Magsag.Runtime;

/// <summary>Guards calls that have neither a cap nor another form that costs less: embeddings, pictures, speech, transcriptions and requests that an app sends by itself.</summary>
internal sealed class UncappedBudget
{
    private readonly BudgetDesk _desk;
    private readonly string? _provider;
    private readonly string? _defaultModel;
    private readonly Uri? _address;

    /// <summary>Guards the calls of one client.</summary>
    public UncappedBudget(BudgetGuard guard, ILogger logger, string? providerName = null, Uri? address = null, string? defaultModel = null)
    {
        _desk = new BudgetDesk(guard, logger);
        _provider = ProviderName.Of(providerName, address);
        (_address, _defaultModel) = (address, defaultModel);
    }

    /// <summary>Makes and ends the reservations.</summary>
    public BudgetDesk Desk => _desk;

    /// <summary>How budgets are kept.</summary>
    public BudgetOptions Options => _desk.Guard.Options;

    /// <summary>The demand of a call to a model before anything of it is counted.</summary>
    public CallDemand DemandFor(string? requestedModel)
    {
        string? model = requestedModel ?? _defaultModel;
        return new CallDemand { Model = model, Price = model is null ? null : _desk.Prices?.Find(model, _provider) };
    }

    /// <summary>Reserves the worst case of a call, waiting for room as far as the options allow.</summary>
    /// <exception cref="BudgetExceededException">A limit has no room for it.</exception>
    public async ValueTask<(GuardedCall Call, CallDemand Demand)> ReserveAsync(CallDemand demand, CancellationToken cancellationToken, Uri? address = null)
    {
        CallDemand priced = WorstCase.Price(demand, Options);
        CallAttribution attribution = BudgetDesk.AttributionOf(priced.Model);
        await _desk.AdmitAsync(attribution, priced.CostUsd, cancellationToken).ConfigureAwait(false);
        BudgetReservation reservation = await ReserveAsync(attribution, priced.Amount, cancellationToken).ConfigureAwait(false);
        return (new GuardedCall(_desk, attribution, reservation, address ?? _address), priced);
    }

    /// <summary>Makes a call that is answered at once.</summary>
    /// <param name="demand">What it can take.</param>
    /// <param name="ask">Makes the call.</param>
    /// <param name="read">Reads the usage of its answer; null when none was reported.</param>
    /// <param name="cancellationToken">Cancels the wait for room.</param>
    public async Task<TAnswer> AskAsync<TAnswer>(CallDemand demand, Func<Task<TAnswer>> ask, Func<TAnswer, Usage?> read, CancellationToken cancellationToken)
    {
        (GuardedCall call, CallDemand priced) = await ReserveAsync(demand, cancellationToken).ConfigureAwait(false);
        TAnswer answer;
        try
        {
            call.Enter();
            answer = await ask().ConfigureAwait(false);
        }
        catch (Exception error)
        {
            await call.FailAsync(error).ConfigureAwait(false);
            ExceptionDispatchInfo.Throw(call.Refusal ?? error);
            throw;
        }

        await call.SucceedAsync(Taken(priced, read(answer))).ConfigureAwait(false);
        return answer;
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
        Exception? failure = null;
        call.Enter();
        IAsyncEnumerator<TUpdate> updates = ask().GetAsyncEnumerator(cancellationToken);
        try
        {
            while (true)
            {
                try
                {
                    call.Enter();
                    if (!await updates.MoveNextAsync().ConfigureAwait(false))
                    {
                        used.Finish();
                        break;
                    }
                }
                catch (Exception error)
                {
                    failure = error;
                    ExceptionDispatchInfo.Throw(call.Refusal ?? error);
                }

                add(used, updates.Current);
                yield return updates.Current;
            }
        }
        finally
        {
            await (failure is null || used.HasBegun ? call.SucceedAsync(Taken(priced, used.HasFinalReport ? used.Measure(isWhole: true, static _ => null).Usage : null)) : call.FailAsync(failure)).ConfigureAwait(false);
            await updates.DisposeAsync().ConfigureAwait(false);
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
            return await _desk.Guard.ReserveAsync(call, worst, cancellationToken).ConfigureAwait(false);
        }
        catch (BudgetExceededException refused)
        {
            foreach (TimeSpan atMost in Options.Fallbacks.Select(static fallback => fallback.LongestWait).OfType<TimeSpan>())
            {
                if (await _desk.WaitAsync(call, worst, refused, atMost, cancellationToken).ConfigureAwait(false) is { } reservation)
                {
                    return reservation;
                }
            }

            throw;
        }
    }
}
