using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Magsag.Analyzers.Corpus;

/// <summary>The projects below a directory, compiled against the SDKs that this program references: what doesn't bind stays unknown, as in an editor.</summary>
internal static class CorpusSolution
{
    private static readonly ImmutableArray<MetadataReference> References =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(static path => !Path.GetFileName(path).StartsWith("Magsag.", StringComparison.Ordinal))
            .Select(static path => MetadataReference.CreateFromFile(path)),
    ];

    private static readonly CSharpParseOptions Parsing = new CSharpParseOptions(LanguageVersion.Preview).WithFeatures([new("FileBasedProgram", "true")]);

    /// <summary>Loads every project; <paramref name="workspace"/> owns them.</summary>
    public static Solution Load(AdhocWorkspace workspace, string root)
    {
        IReadOnlyList<CorpusProject> projects = CorpusProject.FindBelow(root);
        Dictionary<string, ProjectId> ids = projects.ToDictionary(static project => project.Name, static project => ProjectId.CreateNewId(project.Name));
        Solution solution = workspace.CurrentSolution;
        foreach (CorpusProject project in projects)
        {
            solution = Add(solution, ids[project.Name], project);
        }

        Dictionary<string, string[]> references = projects.ToDictionary(static project => project.Name, project => project.FindReferences().Where(ids.ContainsKey).ToArray());
        foreach (CorpusProject project in projects)
        {
            var reached = new HashSet<string>();
            Reach(project.Name, references, reached);
            solution = solution.AddProjectReferences(ids[project.Name], reached.Select(name => new ProjectReference(ids[name])));
        }

        return solution;
    }

    private static Solution Add(Solution solution, ProjectId id, CorpusProject project)
    {
        List<DocumentInfo> documents = [CreateDocument(id, "GlobalUsings.g.cs", SourceText.From(project.CreateGlobalUsings()))];
        documents.AddRange(project.Files.Select(path => CreateDocument(id, path, SourceText.From(File.ReadAllText(path)))));
        bool isProgram = project.Files.Any(static path => CSharpSyntaxTree.ParseText(File.ReadAllText(path), Parsing).GetRoot().ChildNodes().OfType<GlobalStatementSyntax>().Any());
        var compiling = new CSharpCompilationOptions(isProgram ? OutputKind.ConsoleApplication : OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true, nullableContextOptions: NullableContextOptions.Enable);
        return solution.AddProject(ProjectInfo.Create(id, VersionStamp.Default, project.Name, Path.GetFileName(project.Name), LanguageNames.CSharp, compilationOptions: compiling, parseOptions: Parsing, documents: documents, metadataReferences: References));
    }

    private static DocumentInfo CreateDocument(ProjectId project, string path, SourceText text) =>
        DocumentInfo.Create(DocumentId.CreateNewId(project), path, loader: TextLoader.From(TextAndVersion.Create(text, VersionStamp.Default)), filePath: path);

    // References are transitive, as in a build.
    private static void Reach(string from, Dictionary<string, string[]> references, HashSet<string> reached)
    {
        foreach (string name in references[from].Where(reached.Add))
        {
            Reach(name, references, reached);
        }
    }
}
