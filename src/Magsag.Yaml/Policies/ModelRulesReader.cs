using Magsag.Pricing.Permissions;
using YamlDotNet.RepresentationModel;

namespace Magsag.Yaml.Policies;

/// <summary>Reads the policy <c>model_rules</c>: which models may be used by anyone.</summary>
internal sealed class ModelRulesReader(PolicyYaml yaml, List<ModelRule> models)
{
    internal static readonly string[] Keys = ["allowed", "forbidden", "require_approval"];

    public void Read(Dictionary<string, (YamlScalarNode Key, YamlNode Value)> members)
    {
        foreach ((YamlScalarNode key, YamlNode value) in members.Values)
        {
            ModelPermission? permission = key.Value switch
            {
                "name" or "description" => null,
                "allowed" => ModelPermission.NotAllowed,
                "forbidden" => ModelPermission.Forbidden,
                "require_approval" => ModelPermission.NeedsApproval,
                _ => throw yaml.UnknownKey(key, ["name", "description", .. Keys]),
            };
            if (permission is { } kind)
            {
                models.Add(new ModelRule($"model_rules.{key.Value}", yaml.Names(value, "models"), kind, null, (int)key.Start.Line));
            }
        }
    }
}
