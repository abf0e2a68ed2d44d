using Magsag.Analyzers.Calls;
using Magsag.Analyzers.Receivers;
using Magsag.Analyzers.Rules;
using Magsag.Analyzers.Sdks;
using Magsag.Analyzers.Settings;
using Magsag.Analyzers.Syntax;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Magsag.Analyzers;

/// <summary>Picks the files of a compilation that may have findings: hardly any file calls a model, and the others aren't even walked.</summary>
internal sealed class CompilationAnalysis(KnownApis apis, ProjectPipelines pipelines, FileSettings settings)
{
    private readonly WordSet _words = new([.. apis.Names.All, .. RuleCatalogue.NameRules.SelectMany(static rule => rule.Names)]);

    public void AnalyzeFile(SemanticModelAnalysisContext file)
    {
        SyntaxTree tree = file.SemanticModel.SyntaxTree;
        AnalyzerSettings fileSettings = settings.Get(tree);
        if (apis.MayHaveAnyName || fileSettings.HasCostMethods || _words.OccurIn(tree.GetText(file.CancellationToken).ToString()))
        {
            var receivers = new ReceiverTracer(apis, file.SemanticModel, file.CancellationToken);
            new FileAnalysis(file, new FileContext(apis, pipelines, fileSettings, receivers, file.CancellationToken)).Run();
        }
    }
}
