namespace Magsag.Pricing.Permissions;

/// <summary>What a policy says about a model, and the rule that says it.</summary>
/// <param name="Permission">What it says.</param>
/// <param name="Rule">The rule; null when none is about the model.</param>
public sealed record ModelVerdict(ModelPermission Permission, ModelRule? Rule)
{
    internal static ModelVerdict Granted { get; } = new(ModelPermission.Granted, null);
}
