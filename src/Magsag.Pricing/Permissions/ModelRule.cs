namespace Magsag.Pricing.Permissions;

/// <summary>One rule of a policy about which models may be used.</summary>
/// <param name="Rule">The policy's name and the key that states it: <c>model_rules.forbidden</c>.</param>
/// <param name="Models">The models, of which the first that matches counts: <c>*</c> stands for anything, <c>!</c> before a name exempts it, and in rules about approvals <c>default</c> stands for each model that no other rule names.</param>
/// <param name="Permission"><see cref="ModelPermission.Forbidden"/> and <see cref="ModelPermission.NeedsApproval"/> for these models, <see cref="ModelPermission.NotAllowed"/> for all but these, <see cref="ModelPermission.Granted"/> lifts an approval.</param>
/// <param name="Agent">The agents that it holds for; null for all.</param>
/// <param name="Line">The line of the policy file; 0 for a policy made in code.</param>
public sealed record ModelRule(string Rule, IReadOnlyList<string> Models, ModelPermission Permission, string? Agent = null, int Line = 0);
