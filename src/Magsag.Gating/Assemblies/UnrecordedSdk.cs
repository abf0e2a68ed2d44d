using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Magsag.Gating.Assemblies;

/// <summary>Code that uses an SDK of language models, in assemblies of which none records a call.</summary>
/// <param name="Assembly">The assembly that uses it.</param>
/// <param name="Sdk">The SDK.</param>
internal sealed record UnrecordedSdk(string Assembly, KnownSdk Sdk)
{
    // What code names when it has calls recorded. A scope or a budget alone records nothing.
    private static readonly HashSet<string> Recorders = new(StringComparer.Ordinal)
    {
        "CostTrackingBuilderExtensions", "ClientPipelineExtensions", "CostTrackingHandler", "CostTrackingPolicy", "CostTrackingListener", "BatchCosts", "CostLedger",
    };

    /// <summary>Looks for an SDK without a recorder.</summary>
    /// <param name="assemblies">The assemblies under test, as full paths. One that can't be read is passed over.</param>
    /// <returns>Null when they use no SDK, or record calls.</returns>
    public static UnrecordedSdk? Find(IEnumerable<string> assemblies)
    {
        UnrecordedSdk? found = null;
        foreach (string path in assemblies)
        {
            foreach ((string assembly, string type) in TypesUsedBy(path))
            {
                if (assembly == "Magsag.AspNetCore" || (assembly == "Magsag.Runtime" && Recorders.Contains(type)))
                {
                    return null;
                }

                found ??= KnownSdk.Of(assembly, type) is { } sdk ? new UnrecordedSdk(Path.GetFileNameWithoutExtension(path), sdk) : null;
            }
        }

        return found;
    }

    private static List<(string Assembly, string Type)> TypesUsedBy(string path)
    {
        try
        {
            using var file = new PEReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));
            MetadataReader metadata = file.GetMetadataReader();
            return
            [
                .. metadata.TypeReferences.Select(metadata.GetTypeReference)
                    .Where(static type => type.ResolutionScope.Kind == HandleKind.AssemblyReference)
                    .Select(type => (metadata.GetString(metadata.GetAssemblyReference((AssemblyReferenceHandle)type.ResolutionScope).Name), metadata.GetString(type.Name))),
            ];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or BadImageFormatException or InvalidOperationException)
        {
            return [];
        }
    }
}
