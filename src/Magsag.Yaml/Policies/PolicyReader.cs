using Magsag.Ledger.Files;
using Magsag.Ledger.Limits;
using Magsag.Pricing.Ids;
using Magsag.Pricing.Permissions;
using YamlDotNet.RepresentationModel;

namespace Magsag.Yaml.Policies;

/// <summary>Reads a policy file from top to bottom.</summary>
internal sealed class PolicyReader(string path)
{
    internal static readonly string[] FileKeys = ["schema", "time_zone", "teams", "policies"];

    internal static readonly IReadOnlyDictionary<string, LimitSubject> Budgets = new Dictionary<string, LimitSubject>(StringComparer.Ordinal)
    {
        ["total_budget_limits"] = LimitSubject.Everything,
        ["agent_budget_limits"] = LimitSubject.Agent,
        ["model_budget_limits"] = LimitSubject.Model,
        ["customer_budget_limits"] = LimitSubject.Customer,
        ["billing_tier_budget_limits"] = LimitSubject.BillingTier,
        ["team_budget_limits"] = LimitSubject.Team,
        ["tag_budget_limits"] = LimitSubject.Tag,
    };

    internal static readonly string[] OtherPolicies = ["cost_alerts", "model_rules", "regression_thresholds"];

    private readonly PolicyYaml _yaml = new(path);
    private readonly List<PolicyLimit> _limits = [];
    private readonly List<ModelRule> _models = [];
    private readonly List<RegressionThreshold> _regressions = [];
    private readonly List<KeyValuePair<string, string>> _teams = [];

    public CostPolicy Read()
    {
        YamlMappingNode root = _yaml.Load();
        TimeZoneInfo zone = TimeZoneInfo.Utc;
        foreach ((YamlScalarNode key, YamlNode value) in _yaml.Members(root, "keys with values"))
        {
            switch (key.Value)
            {
                case "schema": CheckSchema(value); break;
                case "time_zone": zone = _yaml.Zone(value); break;
                case "teams": ReadTeams(value); break;
                case "policies": ReadPolicies(value); break;
                default: throw _yaml.UnknownKey(key, FileKeys);
            }
        }

        return new CostPolicy { Path = path, TimeZone = zone, Limits = _limits, Teams = _teams, ModelRules = _models, RegressionThresholds = _regressions };
    }

    private void CheckSchema(YamlNode value)
    {
        if (_yaml.Text(value) is not "1" and var found)
        {
            throw _yaml.Fault(value, $"The policy is of schema {found}; this Magsag reads schema {PolicyFile.FormatVersion}.");
        }
    }

    private void ReadTeams(YamlNode node)
    {
        foreach ((YamlScalarNode team, YamlNode agents) in _yaml.Members(node, "teams with their agents, such as 'growth: [offer-*]'"))
        {
            _teams.AddRange(_yaml.Names(agents, "agents").Select(agent => new KeyValuePair<string, string>(team.Value!, agent)));
        }
    }

    private void ReadPolicies(YamlNode node)
    {
        HashSet<string> names = new(StringComparer.Ordinal);
        foreach (YamlNode policy in _yaml.Items(node, "policies"))
        {
            ReadPolicy(policy, names);
        }
    }

    private void ReadPolicy(YamlNode policy, HashSet<string> names)
    {
        var members = new Dictionary<string, (YamlScalarNode Key, YamlNode Value)>(StringComparer.Ordinal);
        foreach ((YamlScalarNode key, YamlNode value) in _yaml.Members(policy, "a policy with a 'name'"))
        {
            members[key.Value ?? ""] = (key, value);
        }

        if (!members.TryGetValue("name", out (YamlScalarNode Key, YamlNode Value) named))
        {
            throw _yaml.Fault(policy, "Expected a policy with a 'name', found none.");
        }

        string name = _yaml.Text(named.Value);
        if (!names.Add(name))
        {
            throw _yaml.Fault(named.Value, $"The policy '{name}' stands twice in the file; put both together.");
        }

        ReadPolicy(name, named.Value, members);
    }

    private void ReadPolicy(string name, YamlNode at, Dictionary<string, (YamlScalarNode Key, YamlNode Value)> members)
    {
        switch (name)
        {
            case "cost_alerts":
                new LimitsReader(_yaml, name, LimitSubject.Everything, _limits, _models).ReadAlerts(Body(members, "thresholds"));
                break;
            case "model_rules":
                new ModelRulesReader(_yaml, _models).Read(members);
                break;
            case "regression_thresholds":
                new RegressionReader(_yaml, _regressions).Read(Body(members, "thresholds"));
                break;
            default:
                if (!Budgets.TryGetValue(name, out LimitSubject subject))
                {
                    throw UnknownPolicy(name, at);
                }

                new LimitsReader(_yaml, name, subject, _limits, _models).Read(Body(members, "limits"));
                break;
        }
    }

    private YamlNode? Body(Dictionary<string, (YamlScalarNode Key, YamlNode Value)> members, string body)
    {
        foreach ((YamlScalarNode key, YamlNode _) in members.Values)
        {
            if (key.Value != body && key.Value is not ("name" or "description"))
            {
                throw _yaml.UnknownKey(key, ["name", "description", body]);
            }
        }

        return members.TryGetValue(body, out (YamlScalarNode Key, YamlNode Value) found) ? found.Value : null;
    }

    private UnreadableInputException UnknownPolicy(string name, YamlNode at)
    {
        string[] known = [.. Budgets.Keys, .. OtherPolicies];
        string? nearest = NearestNames.Of(name, known, 1).FirstOrDefault();
        return _yaml.Fault(at, $"The policy '{name}' isn't known; {(nearest is null ? $"expected one of {string.Join(", ", known)}." : $"did you mean '{nearest}'?")}");
    }
}
