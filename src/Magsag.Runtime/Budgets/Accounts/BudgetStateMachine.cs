namespace Magsag.Runtime.Budgets.Accounts;

/// <summary>Every step that changes a budget, over rows that a backend has loaded and saves afterwards. It knows neither locks nor clocks nor files.</summary>
/// <remarks>
/// What a step can't know it takes for the worst case: a claim that expired counts as spent until a late answer says otherwise, and an answer
/// that makes no sense (a negative amount) counts as what was reserved.
/// </remarks>
internal static class BudgetStateMachine
{
    /// <summary>How long after its lease an answer may still correct a claim, in observed time.</summary>
    public static readonly TimeSpan LateAnswers = TimeSpan.FromDays(1);

    /// <summary>Enters a claim on all its accounts when each has room for it, and on none otherwise.</summary>
    /// <param name="claim">The claim.</param>
    /// <param name="accounts">The accounts of its lines, in their order.</param>
    /// <param name="observed">The store's observed time.</param>
    /// <param name="open">What is open from now on; null when the claim is refused.</param>
    public static BudgetDecision Reserve(BudgetClaim claim, ReadOnlySpan<BudgetAccount> accounts, long observed, out OpenClaim? open)
    {
        ThrowIfNegative(claim.Amount);
        open = null;
        for (int index = 0; index < accounts.Length; index++)
        {
            BudgetLine line = claim.Lines[index];
            (BudgetAmount spent, BudgetAmount reserved) = accounts[index].Sum(line);
            if (!line.Allows(spent + reserved + claim.Amount))
            {
                return new BudgetDecision(line, spent, reserved);
            }
        }

        var slots = new BudgetSlot[accounts.Length];
        for (int index = 0; index < slots.Length; index++)
        {
            slots[index] = SlotFor(accounts[index], claim.Lines[index], claim.Time, observed);
        }

        open = Enter(claim, slots, observed);
        return BudgetDecision.Granted;
    }

    /// <summary>A negative claim would make room that was never given back.</summary>
    public static void ThrowIfNegative(BudgetAmount amount)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(amount.Usd);
        ArgumentOutOfRangeException.ThrowIfNegative(amount.Calls);
        ArgumentOutOfRangeException.ThrowIfNegative(amount.Tokens);
    }

    /// <summary>Enters a claim in its slots without a check.</summary>
    public static OpenClaim Enter(BudgetClaim claim, BudgetSlot[] slots, long observed)
    {
        long forgetAt = observed + Math.Max(0, (claim.Expires - claim.Time).Ticks) + LateAnswers.Ticks;
        foreach (BudgetSlot slot in slots)
        {
            slot.Add(default, claim.Amount);
            slot.KeepUntil(forgetAt);
        }

        return new OpenClaim
        {
            Id = claim.Id,
            Slots = slots,
            Amount = claim.Amount,
            Expires = claim.Expires.UtcTicks,
            ForgetAt = forgetAt,
        };
    }

    /// <summary>Ends a claim: what was reserved makes way for what was taken, whether it expired meanwhile or not.</summary>
    public static void Settle(OpenClaim claim, BudgetAmount actual) => Renew(claim, claim.Settled + actual.OrWhereNegative(claim.Amount), default);

    /// <summary>Restates a claim that is spent in parts: all that was taken of it, and what may still be. A claim that expired is reserved again.</summary>
    public static void Renew(OpenClaim claim, BudgetAmount settled, BudgetAmount amount)
    {
        BudgetAmount counted = claim.IsCharged ? claim.Settled + claim.Amount : claim.Settled;
        BudgetAmount reserved = claim.IsCharged ? default : claim.Amount;
        foreach (BudgetSlot slot in claim.Slots)
        {
            slot.Add(settled - counted, amount - reserved);
        }

        claim.Settled = settled;
        claim.Amount = amount;
        claim.IsCharged = false;
    }

    /// <summary>Counts what is reserved as spent when the claim's time is over. No decision changes by that.</summary>
    /// <returns>True when the claim changed.</returns>
    public static bool Expire(OpenClaim claim, DateTimeOffset now)
    {
        if (claim.IsCharged || claim.Expires > now.UtcTicks)
        {
            return false;
        }

        foreach (BudgetSlot slot in claim.Slots)
        {
            slot.Add(claim.Amount, default(BudgetAmount) - claim.Amount);
        }

        claim.IsCharged = true;
        return true;
    }

    /// <summary>Whether an answer to an expired claim would be too late.</summary>
    public static bool CanBeForgotten(OpenClaim claim, long observed) => claim.IsCharged && claim.ForgetAt < observed;

    /// <summary>The slot that a line enters an amount in.</summary>
    public static BudgetSlot SlotFor(BudgetAccount account, BudgetLine line, DateTimeOffset now, long observed)
    {
        BudgetSlot slot = account.SlotAt(line.Slot.UtcTicks);
        slot.KeepFor(line, now, observed);
        return slot;
    }
}
