using System.Globalization;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Magsag.Gating;

/// <summary>Reads <c>cost_governance.yaml</c>.</summary>
public static class PolicyFile
{
    private const string Remedy = "See docs/policy.md for the keys.";

    private static readonly Dictionary<string, (LimitSubject Subject, LimitPeriod Period)> AgentKeys = new(StringComparer.Ordinal)
    {
        ["max_cost_per_run_usd"] = (LimitSubject.Agent, LimitPeriod.Run),
        ["max_cost_per_day_usd"] = (LimitSubject.Agent, LimitPeriod.Day),
        ["max_cost_per_month_usd"] = (LimitSubject.Agent, LimitPeriod.Month),
    };

    private static readonly Dictionary<string, (LimitSubject Subject, LimitPeriod Period)> ModelKeys = new(StringComparer.Ordinal)
    {
        ["max_daily_spend_usd"] = (LimitSubject.Model, LimitPeriod.Day),
    };

    /// <summary>Reads a policy.</summary>
    /// <exception cref="UnreadableInputException">The file can't be opened, isn't YAML, or has a key or value that no policy has.</exception>
    public static CostPolicy Read(string path)
    {
        YamlMappingNode root = Load(path);
        List<PolicyLimit> limits = [];
        foreach ((YamlScalarNode key, YamlNode value) in Members(path, root))
        {
            switch (key.Value)
            {
                case "schema":
                    CheckSchema(path, value);
                    break;
                case "policies":
                    foreach (YamlNode policy in Sequence(path, value))
                    {
                        limits.AddRange(ReadPolicy(path, Mapping(path, policy)));
                    }

                    break;
                default:
                    throw Unknown(path, key, ["schema", "policies"]);
            }
        }

        return new CostPolicy { Path = path, Limits = limits };
    }

    private static YamlMappingNode Load(string path)
    {
        try
        {
            using var reader = new StreamReader(path);
            var yaml = new YamlStream();
            yaml.Load(reader);
            return yaml.Documents.Count == 0
                ? throw new UnreadableInputException(path, 1, $"Expected a policy with 'policies:', found an empty file. {Remedy}")
                : Mapping(path, yaml.Documents[0].RootNode);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UnreadableInputException(path, 0, $"The policy can't be opened: {error.Message}", error);
        }
        catch (YamlException error)
        {
            throw new UnreadableInputException(path, (int)error.Start.Line, $"The policy isn't well-formed YAML: {error.Message} {Remedy}", error);
        }
    }

    private static IEnumerable<PolicyLimit> ReadPolicy(string path, YamlMappingNode policy)
    {
        string? name = null;
        YamlMappingNode? limits = null;
        YamlMappingNode? thresholds = null;
        foreach ((YamlScalarNode key, YamlNode value) in Members(path, policy))
        {
            switch (key.Value)
            {
                case "name": name = Scalar(path, value).Value; break;
                case "description": break;
                case "limits": limits = Mapping(path, value); break;
                case "thresholds": thresholds = Mapping(path, value); break;
                default: throw Unknown(path, key, ["name", "description", "limits", "thresholds"]);
            }
        }

        return name switch
        {
            "agent_budget_limits" => ReadLimits(path, name, limits, AgentKeys, []),
            "model_budget_limits" => ReadLimits(path, name, limits, ModelKeys, ["require_approval"]),
            "cost_alerts" => ReadAlerts(path, name, thresholds),
            null => throw At(path, policy, $"Expected a policy with a 'name', found none. {Remedy}"),
            _ => throw At(path, policy, $"Expected a policy named agent_budget_limits, model_budget_limits or cost_alerts, found '{name}'. {Remedy}"),
        };
    }

    private static List<PolicyLimit> ReadLimits(string path, string policy, YamlMappingNode? subjects, Dictionary<string, (LimitSubject Subject, LimitPeriod Period)> keys, string[] otherKeys)
    {
        List<PolicyLimit> limits = [];
        if (subjects is null)
        {
            return limits;
        }

        foreach ((YamlScalarNode subject, YamlNode value) in Members(path, subjects))
        {
            foreach ((YamlScalarNode key, YamlNode amount) in Members(path, Mapping(path, value)))
            {
                if (keys.TryGetValue(key.Value ?? "", out (LimitSubject Subject, LimitPeriod Period) kind))
                {
                    limits.Add(new PolicyLimit($"{policy}.{key.Value}", kind.Subject, subject.Value, kind.Period, Money(path, amount), false, (int)key.Start.Line));
                }
                else if (!otherKeys.Contains(key.Value))
                {
                    throw Unknown(path, key, [.. keys.Keys, .. otherKeys]);
                }
            }
        }

        return limits;
    }

    private static List<PolicyLimit> ReadAlerts(string path, string policy, YamlMappingNode? thresholds)
    {
        List<PolicyLimit> limits = [];
        if (thresholds is null)
        {
            return limits;
        }

        foreach ((YamlScalarNode key, YamlNode amount) in Members(path, thresholds))
        {
            bool isAlert = key.Value switch
            {
                "warn_cost_per_run_usd" => true,
                "error_cost_per_run_usd" => false,
                _ => throw Unknown(path, key, ["warn_cost_per_run_usd", "error_cost_per_run_usd"]),
            };
            limits.Add(new PolicyLimit($"{policy}.{key.Value}", LimitSubject.Everything, null, LimitPeriod.Run, Money(path, amount), isAlert, (int)key.Start.Line));
        }

        return limits;
    }

    private static void CheckSchema(string path, YamlNode value)
    {
        if (Scalar(path, value).Value != "1")
        {
            throw At(path, value, $"The policy is of schema {value}; this Magsag reads schema 1.");
        }
    }

    private static decimal Money(string path, YamlNode node) =>
        decimal.TryParse(Scalar(path, node).Value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal amount)
            ? amount
            : throw At(path, node, $"Expected an amount in US dollars of 0 or more such as 2.50, found '{node}'.");

    private static IEnumerable<(YamlScalarNode Key, YamlNode Value)> Members(string path, YamlMappingNode mapping) =>
        mapping.Children.Select(member => (Scalar(path, member.Key), member.Value));

    private static YamlMappingNode Mapping(string path, YamlNode node) =>
        node as YamlMappingNode ?? throw At(path, node, $"Expected keys with values, found '{node}'. {Remedy}");

    private static YamlSequenceNode Sequence(string path, YamlNode node) =>
        node as YamlSequenceNode ?? throw At(path, node, $"Expected a list, found '{node}'. {Remedy}");

    private static YamlScalarNode Scalar(string path, YamlNode node) =>
        node as YamlScalarNode ?? throw At(path, node, $"Expected one value, found a list or keys. {Remedy}");

    private static UnreadableInputException Unknown(string path, YamlScalarNode key, string[] known) =>
        At(path, key, $"'{key.Value}' isn't a key here; expected {string.Join(", ", known)}.");

    private static UnreadableInputException At(string path, YamlNode node, string problem) => new(path, (int)node.Start.Line, problem);
}
