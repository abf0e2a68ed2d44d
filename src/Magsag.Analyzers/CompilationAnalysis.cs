using Magsag.Analyzers.Rules;
using Magsag.Analyzers.Sdks;
using Magsag.Analyzers.Settings;
using Magsag.Analyzers.Syntax;
using Magsag.Analyzers.Wrappers;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Magsag.Analyzers;

/// <summary>Picks the files of a compilation that may have findings: hardly any file calls a model, and the others aren't even walked.</summary>
internal sealed class CompilationAnalysis(KnownApis apis, FileSettings settings, WrapperTracer wrappers)
{
    // Generated code that stands for a user's file says so.
    private const string LineDirective = "#line ";

    private readonly WordSet _words = new([.. apis.Names.All, .. RuleCatalogue.NameRules.SelectMany(static rule => rule.Names)]);

    public void AnalyzeFile(SemanticModelAnalysisContext file)
    {
        SyntaxTree tree = file.SemanticModel.SyntaxTree;
        string text = tree.GetText(file.CancellationToken).ToString();
        if ((!file.IsGeneratedCode || text.IndexOf(LineDirective, StringComparison.Ordinal) >= 0)
            && (apis.MayHaveAnyName || settings.Get(tree).HasCostMethods || _words.OccurIn(text) || wrappers.GetNames(file.CancellationToken).OccurIn(text)))
        {
            new FileAnalysis(file, wrappers.GetContext(file.SemanticModel, file.CancellationToken), wrappers).Run();
        }
    }
}
