using Magsag.Pricing.Permissions;

namespace Magsag.Ledger.Limits;

/// <summary>Matches the names of models as a policy's rules do, for lists of models elsewhere.</summary>
internal static class ModelName
{
    /// <summary>True when a name in a list names the model: by its written name, by a pattern, or as <c>default</c>.</summary>
    public static bool IsNamedBy(string name, string model) => NameRank.Of(name, model, isModel: true) != NameRank.None;
}
