using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Magsag.Architecture.Tests;

/// <summary>Which folders of a project use types of which others, in signatures, fields, attributes and method bodies of its assembly.</summary>
internal sealed class FolderGraph(SourceFolders folders)
{
    private readonly SortedDictionary<string, SortedDictionary<string, string>> _edges = new(StringComparer.Ordinal);

    /// <summary>Reads the graph from an assembly's metadata.</summary>
    public static FolderGraph Read(string assembly, SourceFolders folders)
    {
        using var file = new PEReader(File.OpenRead(assembly));
        MetadataReader metadata = file.GetMetadataReader();
        var graph = new FolderGraph(folders);
        foreach (TypeDefinitionHandle handle in metadata.TypeDefinitions)
        {
            string? user = graph.FolderOf(metadata, handle);
            foreach (TypeDefinitionHandle used in new TypeReferences(file, metadata).Of(handle))
            {
                graph.Add(user, graph.FolderOf(metadata, used), $"{NameOf(metadata, handle)} uses {NameOf(metadata, used)}");
            }
        }

        return graph;
    }

    /// <summary>Every group of folders that depend on each other: their names, and an example of each dependency among them.</summary>
    public IReadOnlyList<string> Cycles()
    {
        Dictionary<string, HashSet<string>> reachable = _edges.Keys.ToDictionary(static name => name, Reachable);
        return
        [
            .. _edges.Keys
                .Where(name => reachable[name].Contains(name))
                .GroupBy(name => string.Join(", ", reachable[name].Where(other => reachable.GetValueOrDefault(other)?.Contains(name) == true).Order(StringComparer.Ordinal)))
                .Select(cycle => $"{cycle.Key}: {string.Join("; ", cycle.SelectMany(name => _edges[name].Where(edge => cycle.Contains(edge.Key)).Select(static edge => edge.Value)))}"),
        ];
    }

    private void Add(string? user, string? used, string example)
    {
        if (user is null || used is null || user == used)
        {
            return;
        }

        if (!_edges.TryGetValue(user, out SortedDictionary<string, string>? edges))
        {
            _edges[user] = edges = new(StringComparer.Ordinal);
        }

        edges.TryAdd(used, example);
    }

    private HashSet<string> Reachable(string name)
    {
        HashSet<string> found = new(StringComparer.Ordinal);
        var open = new Stack<string>([name]);
        while (open.TryPop(out string? next))
        {
            foreach (string used in _edges.GetValueOrDefault(next)?.Keys ?? Enumerable.Empty<string>())
            {
                if (found.Add(used))
                {
                    open.Push(used);
                }
            }
        }

        return found;
    }

    // Nested types stand where the outermost one does; what the compiler makes stands nowhere.
    private string? FolderOf(MetadataReader metadata, TypeDefinitionHandle handle)
    {
        TypeDefinition type = metadata.GetTypeDefinition(handle);
        while (!type.GetDeclaringType().IsNil)
        {
            type = metadata.GetTypeDefinition(type.GetDeclaringType());
        }

        return folders.Find(metadata.GetString(type.Namespace), metadata.GetString(type.Name));
    }

    private static string NameOf(MetadataReader metadata, TypeDefinitionHandle handle)
    {
        TypeDefinition type = metadata.GetTypeDefinition(handle);
        string name = metadata.GetString(type.Name);
        return type.GetDeclaringType().IsNil ? name : $"{NameOf(metadata, type.GetDeclaringType())}.{name}";
    }
}
