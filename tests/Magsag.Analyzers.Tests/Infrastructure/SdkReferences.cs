using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace Magsag.Analyzers.Tests;

/// <summary>The assemblies that the code under analysis is compiled against: those this test itself runs on.</summary>
internal static class SdkReferences
{
    private static readonly string[] Sdks = ["OpenAI.dll", "Microsoft.Extensions.AI.dll", "Microsoft.Extensions.AI.Abstractions.dll", "Microsoft.Extensions.AI.OpenAI.dll"];

    private static readonly string[] OtherSdks = ["Anthropic", "Azure.", "Microsoft.Agents.", "Microsoft.SemanticKernel", "ModelContextProtocol", "OllamaSharp", "Microsoft.Bcl."];

    private static readonly string[] Loaded = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator);

    public static ImmutableArray<MetadataReference> Framework { get; } = Of(static name => name.StartsWith("System.", StringComparison.Ordinal) || name is "netstandard.dll" or "mscorlib.dll" || (name.StartsWith("Microsoft.Extensions.", StringComparison.Ordinal) && !Sdks.Contains(name)));

    public static ImmutableArray<MetadataReference> All { get; } = Framework.AddRange(Of(static name => Sdks.Contains(name)));

    /// <summary>Every SDK that the registry has.</summary>
    public static ImmutableArray<MetadataReference> EverySdk { get; } = All.AddRange(Of(static name => OtherSdks.Any(sdk => name.StartsWith(sdk, StringComparison.Ordinal))));

    private static ImmutableArray<MetadataReference> Of(Func<string, bool> wanted) =>
        [.. Loaded.Where(path => wanted(Path.GetFileName(path))).Select(static path => MetadataReference.CreateFromFile(path))];
}
