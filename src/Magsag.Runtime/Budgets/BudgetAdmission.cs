using Magsag.Ledger.Figures;
using Magsag.Ledger.Records;
using Magsag.Pricing.Catalogue;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;

namespace Magsag.Runtime.Budgets;

/// <summary>What chat calls and embeddings have in common on their way through a guard: whom they count for, permission, waiting, and how a reservation ends.</summary>
internal sealed class BudgetAdmission(BudgetGuard guard, ILogger logger)
{
    public BudgetGuard Guard => guard;

    /// <summary>The prices that worst cases and bills are figured with; null when there are none.</summary>
    public PriceCatalog? Prices { get; } = guard.Options.Prices ?? RecordingPrices.For(RecordingHost.Current, logger);

    /// <summary>Whether requests of this client were ever seen being sent: a call that fails without one then certainly sent none.</summary>
    public bool HasSeenRequests { get; set; }

    public static CallAttribution AttributionOf(string? model)
    {
        CostScope? scope = CostScope.Current;
        return new CallAttribution { RunId = scope?.RunId, Agent = scope?.Agent, Model = model, Customer = scope?.Customer, BillingTier = scope?.BillingTier, Tags = scope?.Tags };
    }

    /// <summary>Lets a call pass that the policy permits and whose worst case is known wherever dollars are limited.</summary>
    /// <exception cref="ModelRefusedException">The model is forbidden, or wasn't approved.</exception>
    /// <exception cref="BudgetExceededException">The worst case isn't known.</exception>
    public async ValueTask AdmitAsync(CallAttribution call, decimal? worstCaseUsd, CancellationToken cancellationToken)
    {
        await guard.RequirePermissionAsync(call, worstCaseUsd, cancellationToken).ConfigureAwait(false);
        if (worstCaseUsd is null && !guard.Options.AllowUnpricedModels && guard.CountsDollars(call))
        {
            throw new BudgetExceededException($"The model '{call.Model ?? "unknown"}' has no known price, so what a call to it costs can't be kept within a limit in dollars. Give it a price in magsag.prices.yaml, or set AllowUnpricedModels.");
        }
    }

    /// <summary>Reserves as soon as the refusing limit's window has room, if that is soon enough; null when it isn't.</summary>
    public async ValueTask<BudgetReservation?> WaitAsync(CallAttribution call, BudgetAmount amount, BudgetExceededException refused, TimeSpan atMost, CancellationToken cancellationToken)
    {
        TimeProvider time = guard.Options.Time;
        DateTimeOffset giveUp = time.GetUtcNow() + atMost;
        while (refused.ResetsAt is { } reset && reset <= giveUp)
        {
            TimeSpan pause = reset - time.GetUtcNow();
            await Task.Delay(pause > TimeSpan.Zero ? pause : TimeSpan.Zero, time, cancellationToken).ConfigureAwait(false);
            try
            {
                return await guard.ReserveAsync(call, amount, cancellationToken).ConfigureAwait(false);
            }
            catch (BudgetExceededException again)
            {
                refused = again;
            }
        }

        return null;
    }

    /// <summary>Settles what a call took, or releases its reservation when it took nothing.</summary>
    /// <remarks>The answer is there and paid for: a store that fails now mustn't take it away. The lease counts the worst case then.</remarks>
    public async ValueTask EndAsync(BudgetReservation reservation, BudgetAmount? actual)
    {
        if (actual is { } taken && (taken.Usd > reservation.Amount.Usd || taken.Tokens > reservation.Amount.Tokens))
        {
            CostMeter.CountOverrun();
            RuntimeLog.AboveReservation(logger, MoneyText.Of(taken.Usd), taken.Tokens, MoneyText.Of(reservation.Amount.Usd), reservation.Amount.Tokens);
        }

        try
        {
            await (actual is { } amount ? reservation.SettleAsync(amount) : reservation.ReleaseAsync()).ConfigureAwait(false);
        }
        catch (Exception error)
        {
            CostMeter.CountFault();
            RuntimeLog.NotSettled(logger, error);
        }
    }
}
