using Magsag.Analyzers.Rules;
using Magsag.Analyzers.Sdks;
using Magsag.Analyzers.Settings;
using Magsag.Analyzers.Syntax;
using Magsag.Analyzers.Wrappers;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Magsag.Analyzers;

/// <summary>Picks the files of a compilation that may have findings: hardly any file calls a model, and the others aren't even walked.</summary>
internal sealed class CompilationAnalysis(KnownApis apis, FileSettings settings, NameIndex index, WrapperTracer wrappers)
{
    // Generated code that stands for a user's file says so: `#line`.
    private static readonly uint LineDirective = FileNames.GetHash("line");

    private readonly NameSet _names = new([.. apis.Names.All, .. RuleCatalogue.NameRules.SelectMany(static rule => rule.Names)]);

    public void AnalyzeFile(SemanticModelAnalysisContext file)
    {
        SyntaxTree tree = file.SemanticModel.SyntaxTree;
        FileNames names = index.Get(tree, file.CancellationToken);
        if ((!file.IsGeneratedCode || names.MayHave(LineDirective))
            && (apis.MayHaveAnyName || settings.Get(tree).HasCostMethods || _names.MayOccurIn(names) || wrappers.GetNames(file.CancellationToken).MayOccurIn(names)))
        {
            new FileAnalysis(file, wrappers.GetContext(file.SemanticModel, file.CancellationToken), wrappers).Run();
        }
    }
}
