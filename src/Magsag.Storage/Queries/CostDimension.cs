namespace Magsag.Storage.Queries;

/// <summary>What calls can be grouped by.</summary>
public enum CostDimension
{
    /// <summary>The day in UTC (<c>2026-11-23</c>).</summary>
    Day,

    /// <summary>The month in UTC (<c>2026-11</c>).</summary>
    Month,

    /// <summary>The agent.</summary>
    Agent,

    /// <summary>The customer.</summary>
    Customer,

    /// <summary>The customer's billing tier.</summary>
    BillingTier,

    /// <summary>The provider.</summary>
    Provider,

    /// <summary>The model as billed; the requested one where the response named none.</summary>
    Model,

    /// <summary>What was called.</summary>
    Operation,

    /// <summary>How the calls ended.</summary>
    Outcome,

    /// <summary>The test.</summary>
    Test,

    /// <summary>The call site.</summary>
    Site,

    /// <summary>The run. Reads the records.</summary>
    Run,

    /// <summary>The value of the tag that <see cref="CostQuery.Tag"/> names. Reads the records.</summary>
    Tag,
}
