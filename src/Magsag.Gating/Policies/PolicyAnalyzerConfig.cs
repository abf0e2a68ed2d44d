using System.Text;
using Magsag.Ledger.Limits;
using Magsag.Pricing.Permissions;

namespace Magsag.Gating.Policies;

/// <summary>The rules of a policy about models, as a global analyzer configuration that MAG012 reads.</summary>
internal static class PolicyAnalyzerConfig
{
    /// <summary>The configuration's text; the same rules give the same text.</summary>
    public static string TextOf(CostPolicy policy)
    {
        var text = new StringBuilder("is_global = true\n");
        foreach (KeyValuePair<string, string> list in ModelRuleLists.Print((policy ?? throw new ArgumentNullException(nameof(policy))).ModelRules))
        {
            text.Append(list.Key).Append(" = ").Append(list.Value).Append('\n');
        }

        return text.ToString();
    }
}
