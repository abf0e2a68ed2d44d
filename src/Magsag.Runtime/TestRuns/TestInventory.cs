using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Magsag.Runtime.TestRuns;

/// <summary>The tests of an assembly, read from its metadata by the names of their attributes: no test framework tells a running test which others there are.</summary>
internal static class TestInventory
{
    private static readonly string[] TestAttributes = ["FactAttribute", "TheoryAttribute", "TestMethodAttribute", "TestCaseAttribute"];

    /// <summary>The tests of an assembly by class and method, without those that only run when they are asked for, that a class inherits or that are generic; none of one that can't be read.</summary>
    public static IReadOnlyCollection<string> Read(string path)
    {
        try
        {
            using var file = new PEReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));
            return Read(file.GetMetadataReader());
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or BadImageFormatException or InvalidOperationException)
        {
            return [];
        }
    }

    private static string[] Read(MetadataReader metadata)
    {
        List<string> tests = [];
        foreach (TypeDefinitionHandle handle in metadata.TypeDefinitions)
        {
            TypeDefinition type = metadata.GetTypeDefinition(handle);
            if (type.Attributes.HasFlag(TypeAttributes.Abstract) || type.GetGenericParameters().Count > 0 || !IsVisible(metadata, type) || IsExplicit(metadata, type.GetCustomAttributes()))
            {
                continue;
            }

            foreach (MethodDefinition method in type.GetMethods().Select(metadata.GetMethodDefinition))
            {
                if (method.GetCustomAttributes().Any(attribute => IsTest(NameOf(metadata, attribute))) && !IsExplicit(metadata, method.GetCustomAttributes()))
                {
                    tests.Add($"{NameOf(metadata, type)}.{metadata.GetString(method.Name)}");
                }
            }
        }

        return [.. tests.Distinct(StringComparer.Ordinal)];
    }

    private static bool IsTest(string attribute) => attribute == "TestAttribute" || Array.Exists(TestAttributes, known => attribute.EndsWith(known, StringComparison.Ordinal));

    private static bool IsVisible(MetadataReader metadata, TypeDefinition type) => (type.Attributes & TypeAttributes.VisibilityMask) switch
    {
        TypeAttributes.Public => true,
        TypeAttributes.NestedPublic => IsVisible(metadata, metadata.GetTypeDefinition(type.GetDeclaringType())),
        _ => false,
    };

    // NUnit has an attribute for it, xunit v3 and TUnit a property of one.
    private static bool IsExplicit(MetadataReader metadata, CustomAttributeHandleCollection attributes) => attributes.Any(handle =>
        NameOf(metadata, handle) == "ExplicitAttribute" || metadata.GetBlobBytes(metadata.GetCustomAttribute(handle).Value).AsSpan().IndexOf("\u0008Explicit"u8) >= 0);

    private static string NameOf(MetadataReader metadata, CustomAttributeHandle handle)
    {
        EntityHandle constructor = metadata.GetCustomAttribute(handle).Constructor;
        EntityHandle type = constructor.Kind == HandleKind.MemberReference
            ? metadata.GetMemberReference((MemberReferenceHandle)constructor).Parent
            : metadata.GetMethodDefinition((MethodDefinitionHandle)constructor).GetDeclaringType();
        return type.Kind switch
        {
            HandleKind.TypeReference => metadata.GetString(metadata.GetTypeReference((TypeReferenceHandle)type).Name),
            HandleKind.TypeDefinition => metadata.GetString(metadata.GetTypeDefinition((TypeDefinitionHandle)type).Name),
            _ => "",
        };
    }

    private static string NameOf(MetadataReader metadata, TypeDefinition type)
    {
        string name = metadata.GetString(type.Name);
        if (!type.GetDeclaringType().IsNil)
        {
            return $"{NameOf(metadata, metadata.GetTypeDefinition(type.GetDeclaringType()))}.{name}";
        }

        string @namespace = metadata.GetString(type.Namespace);
        return @namespace.Length == 0 ? name : $"{@namespace}.{name}";
    }
}
