namespace Magsag.Pricing.Permissions;

/// <summary>What a policy says about a model.</summary>
public enum ModelPermission
{
    /// <summary>It may be used.</summary>
    Granted,

    /// <summary>It may be used when somebody approves.</summary>
    NeedsApproval,

    /// <summary>It isn't among those that may be used.</summary>
    NotAllowed,

    /// <summary>It may not be used.</summary>
    Forbidden,
}
