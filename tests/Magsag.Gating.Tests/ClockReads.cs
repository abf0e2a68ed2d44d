using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Magsag;

/// <summary>Finds what an assembly asks the clock, in its metadata: judged code that knows the day may judge otherwise tomorrow.</summary>
internal static class ClockReads
{
    private static readonly string[] Clocks = ["DateTime.get_Now", "DateTime.get_UtcNow", "DateTime.get_Today", "DateTimeOffset.get_Now", "DateTimeOffset.get_UtcNow", "TimeProvider.get_System", "TimeProvider.GetUtcNow", "TimeProvider.GetLocalNow", "Stopwatch.GetTimestamp", "Environment.get_TickCount", "Environment.get_TickCount64"];

    public static IEnumerable<string> In(Assembly assembly)
    {
        using var file = new PEReader(File.OpenRead(assembly.Location));
        MetadataReader metadata = file.GetMetadataReader();
        return [.. metadata.MemberReferences.Select(handle => NameOf(metadata, metadata.GetMemberReference(handle))).Intersect(Clocks, StringComparer.Ordinal)];
    }

    private static string NameOf(MetadataReader metadata, MemberReference member) => member.Parent.Kind == HandleKind.TypeReference
        ? $"{metadata.GetString(metadata.GetTypeReference((TypeReferenceHandle)member.Parent).Name)}.{metadata.GetString(member.Name)}"
        : metadata.GetString(member.Name);
}
