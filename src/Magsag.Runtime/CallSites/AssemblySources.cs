using System.Collections.Concurrent;
using System.Reflection;
using Magsag.Ledger.Sites;

namespace Magsag.Runtime.CallSites;

/// <summary>What the build told of an assembly's sources: where they stand below the source root, and which methods are the team's own wrappers of calls.</summary>
internal sealed class AssemblySources
{
    private static readonly ConcurrentDictionary<Assembly, AssemblySources> Known = new();

    private readonly HashSet<string> _costMethods;

    private AssemblySources(SourceMap? map, IEnumerable<string> costMethods)
    {
        Map = map;
        _costMethods = new HashSet<string>(costMethods, StringComparer.Ordinal);
    }

    /// <summary>Which of its folders are which below the source root; null when its build didn't tell.</summary>
    public SourceMap? Map { get; }

    /// <summary>What the build told of an assembly.</summary>
    public static AssemblySources Of(Assembly assembly) => Known.GetOrAdd(assembly, static read => Read(read));

    /// <summary>True when the team's settings name a member as a wrapper: <c>Acme.Ai.Bot.AskAsync</c> or <c>Acme.Ai.Bot.*</c>.</summary>
    public bool NamesAsHelper(string member) =>
        _costMethods.Count > 0 && (_costMethods.Contains(member) || _costMethods.Contains(member[..(member.LastIndexOf('.') + 1)] + "*"));

    private static AssemblySources Read(Assembly assembly)
    {
        AssemblyMetadataAttribute[] metadata = [.. assembly.GetCustomAttributes<AssemblyMetadataAttribute>()];
        return new AssemblySources(
            ValueOf(metadata, SourceMap.MetadataKey) is { } map ? SourceMap.Parse(map) : null,
            ValueOf(metadata, SourceMap.CostMethodsKey)?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? []);
    }

    private static string? ValueOf(AssemblyMetadataAttribute[] metadata, string key) => Array.Find(metadata, entry => entry.Key == key)?.Value;
}
