using System.Collections.Immutable;
using Magsag.Analyzers.Corpus.Scoring;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using Microsoft.CodeAnalysis.Text;

namespace Magsag.Analyzers.Corpus;

/// <summary>Compares what the analyzers report with what readers of the code labelled.</summary>
internal static class Scorer
{
    // A reader may have named the line of the receiver, of the call's name or of an argument.
    private const int Tolerance = 2;

    // The rules that are labelled.
    private static readonly ImmutableArray<string> Rules = ["MAG001", "MAG002", "MAG003", "MAG004", "MAG005", "MAG006"];

    /// <summary>The results of one repository's labels, and of the diagnostics that no label expects, in the order of the places.</summary>
    public static async Task<IReadOnlyList<Result>> ScoreAsync(string checkout, Repository repository, IReadOnlyList<Label> labels)
    {
        using var workspace = new AdhocWorkspace();
        HashSet<string> read = [.. labels.Select(static label => label.Path)];
        var results = new List<Result>();
        foreach (Project project in CorpusSolution.Load(workspace, checkout).Projects)
        {
            ImmutableArray<Diagnostic> diagnostics = await Analyzers.RunAsync((await project.GetCompilationAsync())!);
            if (diagnostics.FirstOrDefault(static diagnostic => diagnostic.Id == "AD0001") is { } crash)
            {
                throw new InvalidOperationException($"An analyzer crashed in {project.Name}: {crash.GetMessage(null)}");
            }

            foreach (Document document in project.Documents.Where(static document => Path.IsPathRooted(document.FilePath)))
            {
                string path = Path.GetRelativePath(checkout, document.FilePath!);
                if (!repository.IsReadWhole && !read.Contains(path))
                {
                    continue;
                }

                Diagnostic[] found = [.. diagnostics.Where(diagnostic => diagnostic.Location.SourceTree?.FilePath == document.FilePath && Rules.Contains(diagnostic.Id))];
                results.AddRange(await ScoreAsync(document, path, repository.Name, [.. labels.Where(label => label.IsOfRule && label.Path == path)], found));
            }
        }

        return [.. results.OrderBy(static result => result.Path, StringComparer.Ordinal).ThenBy(static result => result.Line).ThenBy(static result => result.Rule, StringComparer.Ordinal)];
    }

    private static async Task<IEnumerable<Result>> ScoreAsync(Document document, string path, string repository, List<Label> labels, Diagnostic[] diagnostics)
    {
        var results = new List<Result>();
        List<Diagnostic> unexpected = [.. diagnostics];
        foreach ((Label label, Diagnostic diagnostic) in PairByNearness(labels, diagnostics))
        {
            labels.Remove(label);
            unexpected.Remove(diagnostic);
            results.Add(new Result(repository, path, label.Line, label.Rule, label.IsFinding, label.IsFinding ? Outcome.Found : Outcome.Wrong, await FixTrial.RunAsync(document, diagnostic)));
        }

        foreach (Diagnostic diagnostic in unexpected)
        {
            results.Add(new Result(repository, path, LinesOf(diagnostic).Start.Line + 1, diagnostic.Id, false, Outcome.Wrong, await FixTrial.RunAsync(document, diagnostic)));
        }

        SemanticModel semantics = (await document.GetSemanticModelAsync())!;
        results.AddRange(labels.Select(label => new Result(repository, path, label.Line, label.Rule, label.IsFinding, OutcomeInSilence(semantics, label), FixOutcome.None)));
        return results;
    }

    private static List<(Label Label, Diagnostic Diagnostic)> PairByNearness(IReadOnlyList<Label> labels, IReadOnlyList<Diagnostic> diagnostics)
    {
        var pairs = new List<(Label Label, Diagnostic Diagnostic)>();
        var near = from label in labels
                   from diagnostic in diagnostics
                   where label.Rule == diagnostic.Id
                   let distance = Distance(label, LinesOf(diagnostic))
                   where distance <= Tolerance
                   orderby distance, label.Line, diagnostic.Location.SourceSpan.Start
                   select (label, diagnostic);
        foreach ((Label label, Diagnostic diagnostic) in near.ToList())
        {
            if (!pairs.Exists(pair => pair.Label == label || pair.Diagnostic == diagnostic))
            {
                pairs.Add((label, diagnostic));
            }
        }

        return pairs;
    }

    private static int Distance(Label label, LinePositionSpan lines) => Math.Max(0, Math.Max(label.Line - (lines.End.Line + 1), lines.Start.Line + 1 - label.LastLine));

    private static LinePositionSpan LinesOf(Diagnostic diagnostic) => diagnostic.Location.GetLineSpan().Span;

    private static Outcome OutcomeInSilence(SemanticModel semantics, Label label)
    {
        IEnumerable<SyntaxNode> calls = semantics.SyntaxTree.GetRoot().DescendantNodes().Where(node => node switch
        {
            InvocationExpressionSyntax call => LastLineOf(call.Expression) is int line && line >= label.Line && line <= label.LastLine,
            BaseObjectCreationExpressionSyntax { ArgumentList: { } arguments } => label.Line >= FirstLineOf(arguments) && label.Line <= LastLineOf(arguments),
            _ => false,
        });
        return calls.Any(call => !Binds(semantics, call)) ? Outcome.Unbound
            : label.IsFinding ? Outcome.Missed
            : Outcome.Quiet;
    }

    private static int FirstLineOf(SyntaxNode node) => node.GetLocation().GetLineSpan().StartLinePosition.Line + 1;

    private static int LastLineOf(SyntaxNode node) => node.GetLocation().GetLineSpan().EndLinePosition.Line + 1;

    // A call whose client or options come from code that doesn't bind can't be judged either.
    private static bool Binds(SemanticModel semantics, SyntaxNode call)
    {
        IEnumerable<ISymbol> uses = call.DescendantNodes().OfType<IdentifierNameSyntax>().Select(name => semantics.GetSymbolInfo(name).Symbol)
            .Where(static symbol => symbol is ILocalSymbol or IFieldSymbol).OfType<ISymbol>().Distinct<ISymbol>(SymbolEqualityComparer.Default);
        IEnumerable<SyntaxNode> origins = uses.SelectMany(static symbol => symbol.DeclaringSyntaxReferences).Where(origin => origin.SyntaxTree == semantics.SyntaxTree).Select(static origin => origin.GetSyntax());
        return origins.OfType<VariableDeclaratorSyntax>().SelectMany(static origin => origin.DescendantNodes(static node => node is not AnonymousFunctionExpressionSyntax)).OfType<ExpressionSyntax>()
            .Where(static expression => expression is InvocationExpressionSyntax or BaseObjectCreationExpressionSyntax).Append(call)
            .All(expression => semantics.GetOperation(expression) is not (null or IInvalidOperation));
    }
}
