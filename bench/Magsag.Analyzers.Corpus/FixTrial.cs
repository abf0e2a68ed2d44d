using Magsag.Analyzers.CodeFixes;
using Magsag.Analyzers.Corpus.Scoring;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace Magsag.Analyzers.Corpus;

/// <summary>Applies the first fix that is offered for a diagnostic, and compiles what comes out.</summary>
internal static class FixTrial
{
    private static readonly CodeFixProvider[] Fixes =
    [
        .. typeof(DocumentFix).Assembly.GetTypes()
            .Where(static type => !type.IsAbstract && type.IsAssignableTo(typeof(CodeFixProvider)))
            .Select(static type => (CodeFixProvider)Activator.CreateInstance(type)!),
    ];

    public static async Task<FixOutcome> RunAsync(Document document, Diagnostic diagnostic)
    {
        var actions = new List<CodeAction>();
        var context = new CodeFixContext(document, diagnostic, (action, _) => actions.Add(action), default);
        foreach (CodeFixProvider fix in Fixes.Where(fix => fix.FixableDiagnosticIds.Contains(diagnostic.Id)))
        {
            await fix.RegisterCodeFixesAsync(context);
        }

        if (actions.Count == 0)
        {
            return FixOutcome.None;
        }

        ApplyChangesOperation changes = (await actions[0].GetOperationsAsync(default)).OfType<ApplyChangesOperation>().Single();
        Document changed = changes.ChangedSolution.GetDocument(document.Id)!;
        return (await FindErrorsAsync(changed)).Except(await FindErrorsAsync(document)).Any() ? FixOutcome.Broken : FixOutcome.Compiled;
    }

    // Places move by the fix: the same error a second time counts as new by its number.
    private static async Task<IEnumerable<(string Error, int Number)>> FindErrorsAsync(Document document) =>
        (await document.GetSemanticModelAsync())!.GetDiagnostics()
            .Where(static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)
            .GroupBy(static diagnostic => diagnostic.ToString()[diagnostic.ToString().IndexOf(':', StringComparison.Ordinal)..], StringComparer.Ordinal)
            .SelectMany(static group => group.Select((_, number) => (group.Key, number)));
}
