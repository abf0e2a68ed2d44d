using Magsag.Ledger.Files;
using Magsag.Ledger.Limits;
using Magsag.Yaml.Policies;

namespace Magsag.Yaml;

/// <summary>Reads <c>cost_governance.yaml</c>.</summary>
public static class PolicyFile
{
    /// <summary>The version of the policy format that this type reads.</summary>
    public const int FormatVersion = 1;

    /// <summary>Reads a policy.</summary>
    /// <exception cref="UnreadableInputException">The file can't be opened, isn't YAML, or has a key or value that no policy has: names line and column.</exception>
    public static CostPolicy Read(string path) => new PolicyReader(path ?? throw new ArgumentNullException(nameof(path))).Read();
}
