namespace Magsag.Pricing.Permissions;

/// <summary>The rules about models as lists of names in an analyzer configuration: written by the build from the policy, read by the analyzers.</summary>
/// <remarks>Rules for single agents aren't in it: an analyzer doesn't know which agent will run the code.</remarks>
internal static class ModelRuleLists
{
    public const string Allowed = "magsag.policy_allowed_models";
    private const string OwnForbidden = "magsag.forbidden_models";
    private const string Forbidden = "magsag.policy_forbidden_models";
    private const string Approvals = "magsag.policy_approval_models";

    // An empty list would be as if there were none.
    private const string Nothing = "!*";

    // A name with one of these can't stand in a list; no model has one.
    private static readonly char[] Separators = [',', '#', ';', '\n', '\r'];

    /// <summary>The keys with their lists; the same rules give the same lists.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Print(IEnumerable<ModelRule> rules)
    {
        ModelRule[] ofAll = [.. rules.Where(static rule => rule.Agent is null)];
        (string Key, string[] Names)[] lists =
        [
            (Forbidden, NamesOf(ofAll, ModelPermission.Forbidden)),
            (Allowed, AllowedBy(ofAll)),
            (Approvals, [.. ModelRules.Approvals(ofAll).Where(static pair => IsListable(pair.Name) && pair.Name[0] != '!').Select(static pair => (pair.Rule.Permission == ModelPermission.Granted ? "!" : "") + pair.Name)]),
        ];
        return lists.Where(static list => list.Names.Length > 0).Select(static list => new KeyValuePair<string, string>(list.Key, string.Join(", ", list.Names)));
    }

    /// <summary>The rules that the lists state, those that a team wrote by hand included.</summary>
    /// <param name="valueOf">The list under a key, or null.</param>
    public static IReadOnlyList<ModelRule> Read(Func<string, string?> valueOf)
    {
        var rules = new List<ModelRule>();
        Add(OwnForbidden, ModelPermission.Forbidden);
        Add(Forbidden, ModelPermission.Forbidden);
        Add(Allowed, ModelPermission.NotAllowed);
        foreach (string entry in NamesIn(valueOf(Approvals)))
        {
            bool exempts = entry.StartsWith("!", StringComparison.Ordinal);
            rules.Add(new ModelRule(Approvals, [exempts ? entry.Substring(1).Trim() : entry], exempts ? ModelPermission.Granted : ModelPermission.NeedsApproval));
        }

        return rules;

        void Add(string key, ModelPermission permission)
        {
            if (NamesIn(valueOf(key)) is { Length: > 0 } names)
            {
                rules.Add(new ModelRule(key, names, permission));
            }
        }
    }

    public static string[] NamesIn(string? list) => list is null ? [] : [.. list.Split(',').Select(static name => name.Trim()).Where(static name => name.Length > 0)];

    private static string[] AllowedBy(ModelRule[] rules) => NamesOf(rules, ModelPermission.NotAllowed) is { Length: > 0 } names
        ? names
        : Array.Exists(rules, static rule => rule.Permission == ModelPermission.NotAllowed) ? [Nothing] : [];

    private static string[] NamesOf(ModelRule[] rules, ModelPermission permission) =>
        [.. rules.Where(rule => rule.Permission == permission).SelectMany(static rule => rule.Models).Where(IsListable)];

    private static bool IsListable(string name) => name.Length > 0 && name == name.Trim() && name.IndexOfAny(Separators) < 0;
}
