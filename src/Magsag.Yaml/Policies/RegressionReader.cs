using Magsag.Ledger.Limits;
using YamlDotNet.RepresentationModel;

namespace Magsag.Yaml.Policies;

/// <summary>Reads the policy <c>regression_thresholds</c>: by how much the cost of single tests, agents and call sites may rise.</summary>
internal sealed class RegressionReader(PolicyYaml yaml, List<RegressionThreshold> thresholds)
{
    internal static readonly string[] ScopeKeys = ["total", "tests", "agents", "sites"];
    internal static readonly string[] Keys = ["max_increase_percent", "min_increase_usd"];

    public void Read(YamlNode? node)
    {
        if (node is null)
        {
            return;
        }

        foreach ((YamlScalarNode key, YamlNode value) in yaml.Members(node, "thresholds for total, tests, agents or sites"))
        {
            string scope = ScopeKeys.Contains(key.Value) ? key.Value!.TrimEnd('s') : throw yaml.UnknownKey(key, ScopeKeys);
            if (scope == "total")
            {
                Add(scope, null, key, value);
                continue;
            }

            foreach ((YamlScalarNode name, YamlNode threshold) in yaml.Members(value, $"names of {key.Value} with their thresholds"))
            {
                Add(scope, yaml.Text(name), name, threshold);
            }
        }
    }

    private void Add(string scope, string? name, YamlNode at, YamlNode node)
    {
        decimal? percent = null;
        decimal? usd = null;
        foreach ((YamlScalarNode key, YamlNode value) in yaml.Members(node, "a threshold such as 'max_increase_percent: 50'"))
        {
            switch (key.Value)
            {
                case "max_increase_percent": percent = yaml.Number(value, "a percentage of 0 or more such as 50"); break;
                case "min_increase_usd": usd = yaml.Number(value, "an amount in US dollars of 0 or more such as 0.001"); break;
                default: throw yaml.UnknownKey(key, Keys);
            }
        }

        thresholds.Add(new RegressionThreshold(scope, name) { MaxIncreasePercent = percent, MinIncreaseUsd = usd, Line = (int)at.Start.Line });
    }
}
