using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Magsag.Analyzers.Tests;

public sealed class ForeignLibraryTests
{
    private const string Library = """
        namespace Fakes
        {
            public static class Fake { public static T Of<T>() => default!; }
            public sealed class Fake<T> { public T Object => default!; }
        }
        """;

    [Theory]
    [InlineData("Fakes.Fake.Of<IChatClient>()")]
    [InlineData("new Fakes.Fake<IChatClient>().Object")]
    public async Task A_client_that_a_library_of_fakes_makes_is_left_alone(string client) => Assert.Empty(await AnalyzeAsync(client));

    [Fact]
    public async Task A_client_that_a_known_library_hands_out_is_judged() => Assert.Equal("MAG001", Assert.Single(await AnalyzeAsync("new System.Lazy<IChatClient>().Value")).Id);

    private static async Task<ImmutableArray<Diagnostic>> AnalyzeAsync(string client)
    {
        using var library = new MemoryStream();
        Assert.True(CompilationOf("Fakes", Library, []).Emit(library).Success);
        library.Position = 0;
        string source = $"using Microsoft.Extensions.AI; class C {{ async System.Threading.Tasks.Task M() {{ IChatClient client = {client}; await client.GetResponseAsync(\"hi\"); }} }}";
        Compilation compilation = CompilationOf("Case", source, [MetadataReference.CreateFromStream(library)]);
        Assert.Empty(compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
        return await compilation.WithAnalyzers([new LlmCallAnalyzer()]).GetAnalyzerDiagnosticsAsync();
    }

    private static CSharpCompilation CompilationOf(string name, string source, MetadataReference[] references) => CSharpCompilation.Create(
        name, [CSharpSyntaxTree.ParseText(source, path: "/Case.cs")], [.. SdkReferences.All, .. references], new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
}
