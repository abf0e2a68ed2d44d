using Magsag.Pricing.Ids;

namespace Magsag.Pricing.Permissions;

/// <summary>Judges models by the rules of a policy: for the gate, for budgets at run time and for the analyzers.</summary>
internal static class ModelRules
{
    // What is forbidden anywhere is forbidden; a model must be on every list of allowed ones that holds; an approval is asked for last.
    public static ModelVerdict Judge(IReadOnlyList<ModelRule> rules, string model, string? agent)
    {
        IReadOnlyList<ModelRule> holding = [.. rules.Where(static rule => rule.Agent is null), .. OfAgent(rules, agent ?? "")];
        if (holding.FirstOrDefault(rule => rule.Permission == ModelPermission.Forbidden && Names(rule, model)) is { } forbidden)
        {
            return new ModelVerdict(ModelPermission.Forbidden, forbidden);
        }

        if (holding.FirstOrDefault(rule => rule.Permission == ModelPermission.NotAllowed && !Names(rule, model)) is { } missing)
        {
            return new ModelVerdict(ModelPermission.NotAllowed, missing);
        }

        (ModelRule Rule, string Name)? approval = ApprovalOf(holding, model);
        return approval?.Rule.Permission == ModelPermission.NeedsApproval ? new ModelVerdict(ModelPermission.NeedsApproval, approval.Value.Rule) : ModelVerdict.Granted;
    }

    /// <summary>The rules about approvals, the most specific first.</summary>
    public static IEnumerable<(string Name, ModelRule Rule)> Approvals(IEnumerable<ModelRule> rules) => rules
        .Where(static rule => rule.Permission is ModelPermission.NeedsApproval or ModelPermission.Granted)
        .SelectMany(static rule => rule.Models.Select(name => (name, rule)))
        .OrderByDescending(static pair => NameRank.RankOf(pair.name));

    private static (ModelRule Rule, string Name)? ApprovalOf(IEnumerable<ModelRule> rules, string model)
    {
        int bestRank = NameRank.None;
        (ModelRule Rule, string Name)? best = null;
        foreach ((string name, ModelRule rule) in Approvals(rules))
        {
            int rank = NameRank.Of(name, model, isModel: true);
            if (rank > bestRank)
            {
                (best, bestRank) = ((rule, name), rank);
            }
        }

        return best;
    }

    // Of an agent's entries the most specific one that states a list has the say, each kind of list for itself.
    private static IEnumerable<ModelRule> OfAgent(IEnumerable<ModelRule> rules, string agent) => rules
        .Where(static rule => rule.Agent is not null)
        .GroupBy(static rule => rule.Permission)
        .Select(kind => NameRank.Best(kind, static rule => rule.Agent!, agent, isModel: false))
        .OfType<ModelRule>();

    private static bool Names(ModelRule rule, string model) => ModelPattern.AnyNames(rule.Models, model);
}
