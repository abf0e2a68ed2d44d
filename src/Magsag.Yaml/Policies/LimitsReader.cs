using Magsag.Ledger.Limits;
using Magsag.Pricing.Permissions;
using YamlDotNet.RepresentationModel;

namespace Magsag.Yaml.Policies;

/// <summary>Reads the limits of one policy.</summary>
internal sealed class LimitsReader(PolicyYaml yaml, string policy, LimitSubject subject, List<PolicyLimit> limits, List<ModelRule> models)
{
    internal const string RollingKey = "rolling_windows";
    internal const string InheritKey = "inherit";
    internal const string ApprovalKey = "require_approval";
    internal const string PerCustomerKey = "per_customer";
    internal static readonly string[] AgentModelKeys = ["allowed_models", "forbidden_models"];

    private readonly string[] _otherKeys = OtherKeysOf(subject);
    private readonly List<string> _closed = [];

    internal static string[] OtherKeysOf(LimitSubject subject) => subject switch
    {
        LimitSubject.Everything => [RollingKey],
        LimitSubject.Agent => [RollingKey, InheritKey, .. AgentModelKeys],
        LimitSubject.Model => [RollingKey, InheritKey, ApprovalKey],
        LimitSubject.BillingTier or LimitSubject.Team or LimitSubject.Tag => [RollingKey, InheritKey, PerCustomerKey],
        _ => [RollingKey, InheritKey],
    };

    public void Read(YamlNode? node)
    {
        if (node is null)
        {
            return;
        }

        int first = limits.Count;
        if (subject == LimitSubject.Everything)
        {
            ReadEntry(null, node);
            return;
        }

        foreach ((YamlScalarNode name, YamlNode entry) in yaml.Members(node, $"names with their limits, such as '{PolicyLimit.DefaultName}: {{ max_cost_per_day_usd: 5 }}'"))
        {
            ReadEntry(NameOf(name), entry);
        }

        LiftInherited(first);
    }

    public void ReadAlerts(YamlNode? node)
    {
        if (node is null)
        {
            return;
        }

        HashSet<LimitKind> stated = [];
        foreach ((YamlScalarNode key, YamlNode amount) in yaml.Members(node, "thresholds, such as 'warn_cost_per_run_usd: 1.0'"))
        {
            Add(null, key, amount, LimitKeys.OfAlerts.TryGetValue(key.Value ?? "", out LimitKey? means) ? means : throw yaml.UnknownKey(key, [.. LimitKeys.OfAlerts.Keys]), default, false, stated);
        }
    }

    private string NameOf(YamlScalarNode name)
    {
        string text = yaml.Text(name);
        return subject != LimitSubject.Tag || (text.IndexOf('=') is > 0 and var equals && text.IndexOf('*', 0, equals) < 0)
            ? text
            : throw yaml.Fault(name, $"Expected a tag with a value such as 'feature=search' or 'feature=*', found '{text}'.");
    }

    private void ReadEntry(string? name, YamlNode entry)
    {
        (YamlScalarNode Key, YamlNode Value)[] members = [.. yaml.Members(entry, "limits, such as 'max_cost_per_run_usd: 2.0'")];
        bool perCustomer = Array.Exists(members, member => member.Key.Value == PerCustomerKey && _otherKeys.Contains(PerCustomerKey) && yaml.Flag(member.Value));
        HashSet<LimitKind> stated = [];
        foreach ((YamlScalarNode key, YamlNode value) in members)
        {
            if (LimitKeys.OfSubjects.TryGetValue(key.Value ?? "", out LimitKey? means))
            {
                Add(name, key, value, means, default, perCustomer, stated);
            }
            else if (_otherKeys.Contains(key.Value))
            {
                ReadOther(name, key, value, perCustomer, stated);
            }
            else
            {
                throw yaml.UnknownKey(key, [.. LimitKeys.OfSubjects.Keys, .. _otherKeys]);
            }
        }
    }

    private void ReadOther(string? name, YamlScalarNode key, YamlNode value, bool perCustomer, HashSet<LimitKind> stated)
    {
        switch (key.Value)
        {
            case RollingKey:
                foreach (YamlNode window in yaml.Items(value, "windows such as '{ window: 1h, max_cost_usd: 5 }'"))
                {
                    ReadWindow(name, window, perCustomer, stated);
                }

                break;
            case InheritKey when !yaml.Flag(value):
                _closed.Add(name!);
                break;
            case ApprovalKey:
                models.Add(new ModelRule($"{policy}.{ApprovalKey}", [name!], yaml.Flag(value) ? ModelPermission.NeedsApproval : ModelPermission.Granted, null, (int)key.Start.Line));
                break;
            case "allowed_models":
                models.Add(new ModelRule($"{policy}.{key.Value}", yaml.Names(value, "models"), ModelPermission.NotAllowed, name, (int)key.Start.Line));
                break;
            case "forbidden_models":
                models.Add(new ModelRule($"{policy}.{key.Value}", yaml.Names(value, "models"), ModelPermission.Forbidden, name, (int)key.Start.Line));
                break;
        }
    }

    private void ReadWindow(string? name, YamlNode window, bool perCustomer, HashSet<LimitKind> stated)
    {
        (YamlScalarNode Key, YamlNode Value)[] members = [.. yaml.Members(window, "a window such as '{ window: 1h, max_cost_usd: 5 }'")];
        TimeSpan length = members.FirstOrDefault(static member => member.Key.Value == "window") is { Value: { } stretch }
            ? yaml.Window(stretch)
            : throw yaml.Fault(window, "The window lacks its length, such as 'window: 1h'.");
        foreach ((YamlScalarNode key, YamlNode amount) in members.Where(static member => member.Key.Value != "window"))
        {
            Add(name, key, amount, LimitKeys.OfWindows.TryGetValue(key.Value ?? "", out LimitKey? means) ? means : throw yaml.UnknownKey(key, ["window", .. LimitKeys.OfWindows.Keys]), length, perCustomer, stated);
        }
    }

    private void Add(string? name, YamlScalarNode key, YamlNode value, LimitKey means, TimeSpan window, bool perCustomer, HashSet<LimitKind> stated)
    {
        var limit = new PolicyLimit($"{policy}.{key.Value}", subject, name, means.Period, yaml.Limit(value, means.Measure))
        {
            IsAlert = means.IsAlert,
            Line = (int)key.Start.Line,
            Measure = means.Measure,
            Window = window,
            PerCustomer = perCustomer,
            Column = (int)key.Start.Column,
        };
        if (!stated.Add(limit.Kind))
        {
            throw yaml.Fault(key, $"'{key.Value}' states a limit that another key of the same entry states already.");
        }

        limits.Add(limit);
    }

    // 'inherit: false' lifts whatever the entry doesn't state itself.
    private void LiftInherited(int first)
    {
        PolicyLimit[] own = [.. limits.Skip(first)];
        foreach (string name in _closed)
        {
            PolicyLimit[] stated = [.. own.Where(limit => limit.Name == name)];
            limits.AddRange(own
                .Where(limit => limit.Name != name && !Array.Exists(stated, other => other.Kind == limit.Kind))
                .GroupBy(static limit => limit.Kind)
                .Select(alike => alike.First().Lifted($"{policy}.{InheritKey}", name)));
        }
    }
}
