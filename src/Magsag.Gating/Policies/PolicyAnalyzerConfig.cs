using System.Text;

namespace Magsag.Gating;

/// <summary>The rules of a policy about models, as a global analyzer configuration that MAG012 reads.</summary>
/// <remarks>Rules for single agents aren't in it: an analyzer doesn't know which agent will run the code.</remarks>
public static class PolicyAnalyzerConfig
{
    /// <summary>The configuration's text; the same rules give the same text.</summary>
    public static string TextOf(CostPolicy policy)
    {
        ModelRule[] rules = [.. (policy ?? throw new ArgumentNullException(nameof(policy))).ModelRules.Where(static rule => rule.Agent is null)];
        var text = new StringBuilder("is_global = true\n");
        Add(text, "magsag.policy_forbidden_models", NamesOf(rules, ModelPermission.Forbidden));
        Add(text, "magsag.policy_allowed_models", NamesOf(rules, ModelPermission.NotAllowed));
        Add(text, "magsag.policy_approval_models", ModelRules.Approvals(rules).Select(static pair => (pair.Rule.Permission == ModelPermission.Granted ? "!" : "") + Pattern(pair.Name)));
        return text.ToString();
    }

    private static IEnumerable<string> NamesOf(IEnumerable<ModelRule> rules, ModelPermission permission) =>
        rules.Where(rule => rule.Permission == permission).SelectMany(static rule => rule.Models).Select(Pattern);

    private static string Pattern(string name) => name == PolicyLimit.DefaultName ? "*" : name;

    // A name with a comma or a comment sign in it can't stand in the list; no model has one.
    private static void Add(StringBuilder text, string key, IEnumerable<string> names)
    {
        string[] listed = [.. names.Where(static name => name.IndexOfAny([',', '#', ';', '\n', '\r']) < 0)];
        if (listed.Length > 0)
        {
            text.Append(key).Append(" = ").Append(string.Join(", ", listed)).Append('\n');
        }
    }
}
