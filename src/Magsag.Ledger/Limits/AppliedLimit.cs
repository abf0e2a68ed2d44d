namespace Magsag.Ledger.Limits;

/// <summary>A limit that holds for a call, with the account that the call's spend is added to.</summary>
/// <param name="Limit">The limit.</param>
/// <param name="Name">Whose spend it is: the agent, model … itself, also where the limit names many; null for everything.</param>
/// <param name="Account">What names the account, periods aside: calls with the same account share the limit.</param>
internal sealed record AppliedLimit(PolicyLimit Limit, string? Name, string Account)
{
    /// <summary>The subject as people read it: <c>agent 'triage'</c>.</summary>
    public string Who => Limit.Subject switch
    {
        LimitSubject.Everything => "all calls",
        LimitSubject.BillingTier => $"billing tier '{Name}'",
        LimitSubject.Agent when Name!.Length == 0 => "calls without an agent",
        LimitSubject.Customer when Name!.Length == 0 => "calls without a customer",
        LimitSubject subject => $"{subject.ToString().ToLowerInvariant()} '{Name}'",
    };
}
