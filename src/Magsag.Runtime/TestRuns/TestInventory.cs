using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Magsag.Runtime.TestRuns;

/// <summary>The tests of an assembly, read from its metadata by the names of their attributes: no test framework tells a running test which others there are.</summary>
/// <param name="Tests">The tests by class and method; without those that only run when they are asked for, that a class inherits or that are generic.</param>
/// <param name="LeastCases">How many cases they have at the least: one for each row of data that stands at the method.</param>
internal sealed record TestInventory(IReadOnlyCollection<string> Tests, long LeastCases)
{
    private static readonly string[] TestAttributes = ["FactAttribute", "TheoryAttribute", "TestMethodAttribute", "TestCaseAttribute"];
    private static readonly string[] RowAttributes = ["InlineDataAttribute", "DataRowAttribute", "TestCaseAttribute"];

    /// <summary>Reads an assembly; nothing is in the inventory of one that can't be read.</summary>
    public static TestInventory Read(string path)
    {
        try
        {
            using var file = new PEReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));
            return Read(file.GetMetadataReader());
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or BadImageFormatException or InvalidOperationException)
        {
            return new TestInventory([], 0);
        }
    }

    private static TestInventory Read(MetadataReader metadata)
    {
        List<string> tests = [];
        long cases = 0;
        foreach (TypeDefinitionHandle handle in metadata.TypeDefinitions)
        {
            TypeDefinition type = metadata.GetTypeDefinition(handle);
            if (type.Attributes.HasFlag(TypeAttributes.Abstract) || type.GetGenericParameters().Count > 0 || !IsVisible(metadata, type) || IsExplicit(metadata, type.GetCustomAttributes()))
            {
                continue;
            }

            foreach (MethodDefinition method in type.GetMethods().Select(metadata.GetMethodDefinition))
            {
                string[] attributes = NamesOf(metadata, method.GetCustomAttributes());
                if (attributes.Any(IsTest) && !IsExplicit(metadata, method.GetCustomAttributes()))
                {
                    tests.Add($"{NameOf(metadata, type)}.{metadata.GetString(method.Name)}");
                    cases += Math.Max(1, attributes.Count(RowAttributes.Contains));
                }
            }
        }

        return new TestInventory([.. tests.Distinct(StringComparer.Ordinal)], cases);
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

    private static string[] NamesOf(MetadataReader metadata, CustomAttributeHandleCollection attributes) => [.. attributes.Select(handle => NameOf(metadata, handle))];

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
