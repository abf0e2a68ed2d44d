using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Magsag.Ledger.Sessions;

/// <summary>Reads module version ids: a deterministic build gives the same id for the same code, and another for any other.</summary>
internal static class ModuleVersion
{
    /// <summary>The module version id of an assembly file; null when the file is missing or isn't a managed assembly.</summary>
    public static Guid? Read(string path)
    {
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var file = new PEReader(stream);
            if (!file.HasMetadata)
            {
                return null;
            }

            MetadataReader metadata = file.GetMetadataReader();
            return metadata.GetGuid(metadata.GetModuleDefinition().Mvid);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or BadImageFormatException)
        {
            return null;
        }
    }
}
