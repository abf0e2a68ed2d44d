using Magsag.Pricing.Permissions;

namespace Magsag.Runtime;

/// <summary>A call was refused, before a byte of it was sent, because the policy doesn't let its model be used.</summary>
public sealed class ModelRefusedException : Exception
{
    internal ModelRefusedException(string model, ModelVerdict verdict)
        : base(verdict.Permission switch
        {
            ModelPermission.Forbidden => $"The policy forbids the model '{model}' ({verdict.Rule!.Rule}, line {verdict.Rule.Line}).",
            ModelPermission.NotAllowed => $"The model '{model}' isn't among those that the policy allows ({verdict.Rule!.Rule}, line {verdict.Rule.Line}).",
            _ => $"The model '{model}' needs an approval ({verdict.Rule!.Rule}, line {verdict.Rule.Line}), and none was given for this run.",
        })
    {
        Model = model;
        Permission = verdict.Permission;
        Rule = verdict.Rule!.Rule;
    }

    /// <summary>The model.</summary>
    public string Model { get; }

    /// <summary>What the policy says about it.</summary>
    public ModelPermission Permission { get; }

    /// <summary>The rule that says it.</summary>
    public string Rule { get; }
}
