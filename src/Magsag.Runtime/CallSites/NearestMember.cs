using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace Magsag.Runtime.CallSites;

/// <summary>Finds in debug information the declared member that stands nearest above a call in its file: Visual Basic doesn't name the member that a lambda stands in, nor does F# always.</summary>
internal static class NearestMember
{
    /// <summary>The member's name with its type's; null without debug information.</summary>
    /// <param name="method">The method that the call is compiled into.</param>
    /// <param name="offset">Where in it, in bytes of IL.</param>
    public static string? Find(MethodBase method, int offset)
    {
        string path = method.Module.Assembly.Location;
        if (path.Length == 0 || !File.Exists(path))
        {
            return null;
        }

        try
        {
            using var file = new PEReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));
            if (!file.TryOpenAssociatedPortablePdb(path, static pdb => File.Exists(pdb) ? new FileStream(pdb, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete) : null, out MetadataReaderProvider? provider, out _))
            {
                return null;
            }

            using (provider)
            {
                return Find(file.GetMetadataReader(), provider!.GetMetadataReader(), MetadataTokens.MethodDefinitionHandle(method.MetadataToken), offset);
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or BadImageFormatException or InvalidOperationException)
        {
            return null;
        }
    }

    private static string? Find(MetadataReader metadata, MetadataReader debug, MethodDefinitionHandle called, int offset)
    {
        SequencePoint[] points = PointsOf(debug, called);
        SequencePoint? call = points.Where(point => point.Offset <= offset).Select(static point => (SequencePoint?)point).LastOrDefault() ?? points.Select(static point => (SequencePoint?)point).FirstOrDefault();
        if (call is not { } place)
        {
            return null;
        }

        MethodDefinitionHandle nearest = default;
        (int Line, int Column) best = (0, 0);
        foreach (MethodDefinitionHandle handle in metadata.MethodDefinitions)
        {
            if (DeclaredMethodOf(metadata, debug, handle) is not { IsNil: false } declared)
            {
                continue;
            }

            foreach (SequencePoint point in PointsOf(debug, handle).Where(point => point.Document == place.Document))
            {
                (int Line, int Column) start = (point.StartLine, point.StartColumn);
                if (start.CompareTo((place.StartLine, place.StartColumn)) <= 0 && start.CompareTo(best) > 0)
                {
                    (nearest, best) = (declared, start);
                }
            }
        }

        return nearest.IsNil ? null : NameOf(metadata, metadata.GetMethodDefinition(nearest));
    }

    // The lines of an async method or an iterator are those of its state machine.
    private static MethodDefinitionHandle DeclaredMethodOf(MetadataReader metadata, MetadataReader debug, MethodDefinitionHandle handle)
    {
        MethodDefinitionHandle method = debug.GetMethodDebugInformation(handle.ToDebugInformationHandle()).GetStateMachineKickoffMethod() is { IsNil: false } kickOff ? kickOff : handle;
        return IsDeclared(metadata, method) ? method : default;
    }

    private static SequencePoint[] PointsOf(MetadataReader debug, MethodDefinitionHandle method) =>
        [.. debug.GetMethodDebugInformation(method.ToDebugInformationHandle()).GetSequencePoints().Where(static point => !point.IsHidden)];

    private static bool IsDeclared(MetadataReader metadata, MethodDefinitionHandle handle)
    {
        MethodDefinition method = metadata.GetMethodDefinition(handle);
        if (SourceMember.IsGenerated(metadata.GetString(method.Name)))
        {
            return false;
        }

        for (TypeDefinitionHandle type = method.GetDeclaringType(); !type.IsNil; type = metadata.GetTypeDefinition(type).GetDeclaringType())
        {
            if (SourceTypeName.IsGenerated(metadata.GetString(metadata.GetTypeDefinition(type).Name)))
            {
                return false;
            }
        }

        return true;
    }

    private static string NameOf(MetadataReader metadata, MethodDefinition method)
    {
        string name = SourceMember.Plain(metadata.GetString(method.Name), method.Attributes.HasFlag(MethodAttributes.SpecialName));
        TypeDefinition type = metadata.GetTypeDefinition(method.GetDeclaringType());
        for (; !type.GetDeclaringType().IsNil; type = metadata.GetTypeDefinition(type.GetDeclaringType()))
        {
            name = $"{SourceTypeName.Plain(metadata.GetString(type.Name))}.{name}";
        }

        return $"{SourceTypeName.Of(metadata.GetString(type.Namespace), metadata.GetString(type.Name))}.{name}";
    }
}
