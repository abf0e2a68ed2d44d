using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Magsag.Analyzers;

/// <summary>Finds the files of a compilation that the rules have to judge: hardly any file calls a model, and the others aren't even walked.</summary>
internal sealed class ProjectJudge(KnownApis apis, PipelineSettings pipelines, SettingsOfFiles settings)
{
    private readonly WordSet _words = new([.. apis.Names.All, .. RuleCatalogue.OfTexts.SelectMany(static rule => rule.Names)]);

    public void JudgeFile(SemanticModelAnalysisContext file)
    {
        SyntaxTree tree = file.SemanticModel.SyntaxTree;
        AnalyzerSettings team = settings.Of(tree);
        if (apis.MayHaveAnyName || team.HasCostMethods || _words.OccurIn(tree.GetText(file.CancellationToken).ToString()))
        {
            var receivers = new ReceiverTracer(apis, file.SemanticModel, file.CancellationToken);
            new FileJudge(file, new RuleContext(apis, pipelines, team, receivers, file.CancellationToken)).Judge();
        }
    }
}
