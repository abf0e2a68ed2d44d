namespace Magsag.Ledger.Limits;

/// <summary>Whose spend a limit is about.</summary>
public enum LimitSubject
{
    /// <summary>Everything that is spent.</summary>
    Everything,

    /// <summary>One agent's spend.</summary>
    Agent,

    /// <summary>The spend on one model, its dated versions included.</summary>
    Model,

    /// <summary>The spend for one customer.</summary>
    Customer,

    /// <summary>The spend for the customers of one billing tier.</summary>
    BillingTier,

    /// <summary>The spend of one team: of the agents that the policy gives it, or of calls with the tag <c>team</c>.</summary>
    Team,

    /// <summary>The spend under one value of one tag, named <c>tag=value</c>.</summary>
    Tag,
}
