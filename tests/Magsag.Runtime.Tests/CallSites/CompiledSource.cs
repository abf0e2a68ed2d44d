using System.Reflection;
using System.Runtime.Loader;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;
using Microsoft.CodeAnalysis.Text;
using Microsoft.CodeAnalysis.VisualBasic;

namespace Magsag.Runtime.Tests;

/// <summary>Compiles a source as a build does, with debug information beside the assembly, and runs its <c>Desk.Start.RunAsync(Action)</c>.</summary>
internal sealed class CompiledSource : IDisposable
{
    private static readonly MetadataReference[] References =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(static path => Path.GetFileName(path).StartsWith("System.", StringComparison.Ordinal) || Path.GetFileName(path) is "netstandard.dll" or "Microsoft.VisualBasic.Core.dll")
            .Select(static path => MetadataReference.CreateFromFile(path)),
    ];

    private readonly TemporaryDirectory _directory = new();
    private readonly AssemblyLoadContext _context = new(null, isCollectible: true);

    public void Dispose()
    {
        _context.Unload();
        _directory.Dispose();
    }

    /// <summary>Compiles and runs a source.</summary>
    /// <param name="path">Where the compiler says that the source stands; its extension says the language.</param>
    /// <param name="source">The source, in C# or Visual Basic.</param>
    /// <param name="isOptimised">As in Release.</param>
    /// <param name="metadata">Further sources of the assembly, as Magsag's targets write them.</param>
    public static async Task<IReadOnlyList<CallSite?>> RunAsync(string path, string source, bool isOptimised, string metadata = "")
    {
        using var compiled = new CompiledSource();
        var probe = new SiteProbe();
        MethodInfo run = compiled.Load(path, source, isOptimised, metadata).GetType("Desk.Start")!.GetMethod("RunAsync")!;
        await (Task)run.Invoke(null, [(Action)probe.Here])!;
        return probe.Sites;
    }

    private Assembly Load(string path, string source, bool isOptimised, string metadata)
    {
        string dll = _directory.File("Compiled.dll");
        using (FileStream assembly = File.Create(dll))
        using (FileStream debug = File.Create(_directory.File("Compiled.pdb")))
        {
            EmitResult emitted = Compile(path, source, isOptimised, metadata).Emit(assembly, debug, options: new EmitOptions(debugInformationFormat: DebugInformationFormat.PortablePdb, pdbFilePath: _directory.File("Compiled.pdb")));
            Assert.True(emitted.Success, string.Join('\n', emitted.Diagnostics));
        }

        return _context.LoadFromAssemblyPath(dll);
    }

    private static Compilation Compile(string path, string source, bool isOptimised, string metadata)
    {
        OptimizationLevel level = isOptimised ? OptimizationLevel.Release : OptimizationLevel.Debug;
        SourceText text = SourceText.From(source, Encoding.UTF8);
        SourceText more = SourceText.From(metadata, Encoding.UTF8);
        return path.EndsWith(".vb", StringComparison.Ordinal)
            ? VisualBasicCompilation.Create("Compiled", [VisualBasicSyntaxTree.ParseText(text, path: path), VisualBasicSyntaxTree.ParseText(more)], References, new VisualBasicCompilationOptions(OutputKind.DynamicallyLinkedLibrary, optimizationLevel: level))
            : CSharpCompilation.Create("Compiled", [CSharpSyntaxTree.ParseText(text, path: path), CSharpSyntaxTree.ParseText(more)], References, new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, optimizationLevel: level));
    }
}
