using Magsag.Analyzers.Sdks;
using Magsag.Analyzers.Syntax;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Magsag.Analyzers.Receivers;

/// <summary>Reads what the steps of a pipeline do: those of SDKs by their names, the project's own by their code, those of libraries by what they may be.</summary>
internal sealed class PipelineSteps(KnownApis apis, Compilation compilation, CancellationToken cancellationToken)
{
    /// <summary>The step of Magsag's own that records costs.</summary>
    public const string RecorderStep = "UseCostTracking";

    // What the name of a step says that sets options or shortens answers.
    private static readonly string[] CappingWords = ["Limit", "Cap", "Budget", "Token", "Option", "Default", "Max", "Polic", "Guard"];

    /// <summary>Reads one call on the way of a client.</summary>
    public void Read(IInvocationOperation call, ReceiverTrace trace)
    {
        string name = call.TargetMethod.Name;
        trace.ReducesHistory |= Array.Exists(apis.Pipelines, pipeline => pipeline.ReducerStep == name);
        trace.IsRecorded |= name == RecorderStep;
        trace.HasCache |= ClientPipeline.IsCacheStep(name);
        trace.MayCap |= Array.Exists(apis.Pipelines, pipeline => pipeline.OptionsStep == name && MayCap(call, pipeline)) || apis.Caps(call.TargetMethod);
        if (!IsStep(call))
        {
            return;
        }

        if (call.TargetMethod.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellationToken) is { } own)
        {
            ReadOwn(own, trace);
        }
        else if (ClientOrigins.IsForeign(call.TargetMethod))
        {
            trace.HasCache |= ClientPipeline.NamesCache(name) || ClientPipeline.NamesCache(call.TargetMethod.ContainingAssembly.Name);
            trace.MayCap |= Array.Exists(CappingWords, name.Contains);
        }
    }

    /// <summary>True for a call that takes a builder of pipelines and hands it back: whatever library it is of, the client within stays the same.</summary>
    public bool IsStep(IInvocationOperation call) => IsBuilder(call.Receiver()?.Type) && IsBuilder(call.Type);

    /// <summary>True for a builder of pipelines.</summary>
    public bool IsBuilder(ITypeSymbol? type) => Array.Exists(apis.Pipelines, pipeline => apis.Is(type, pipeline.Builder));

    /// <summary>True when a function around a client may set a cap: <c>inner => inner.AsBuilder().UseOpenTelemetry().Build()</c> sets none, a client of another kind may.</summary>
    public bool MayCap(SyntaxNode wrapper) => wrapper is not LambdaExpressionSyntax
        || wrapper.DescendantNodes().Any(node => node is BaseObjectCreationExpressionSyntax || (node is IdentifierNameSyntax name && IsCappingMember(name.Identifier.ValueText)));

    // `ConfigureOptions(o => o.Temperature = 0)` sets no cap; what does more with the options than to set other members may.
    private static bool MayCap(IInvocationOperation step, ClientPipeline pipeline)
    {
        if (step.Arguments.Select(static argument => argument.Value.Syntax).OfType<LambdaExpressionSyntax>().FirstOrDefault() is not { } lambda)
        {
            return true;
        }

        string? options = lambda switch
        {
            SimpleLambdaExpressionSyntax simple => simple.Parameter.Identifier.ValueText,
            ParenthesizedLambdaExpressionSyntax { ParameterList.Parameters: { Count: 1 } parameters } => parameters[0].Identifier.ValueText,
            _ => null,
        };
        return options is null || lambda.Body.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>().Any(use => use.Identifier.ValueText == options
            && !(use.Parent is MemberAccessExpressionSyntax { Parent: AssignmentExpressionSyntax assignment } access && access.Expression == use && assignment.Left == access && !pipeline.CappingMembers.Contains(access.Name.Identifier.ValueText)));
    }

    // The extension method, and the clients of the project that it creates.
    private void ReadOwn(SyntaxNode step, ReceiverTrace trace)
    {
        IEnumerable<SyntaxNode> created = step.DescendantNodes().OfType<ObjectCreationExpressionSyntax>()
            .Select(static creation => SyntaxNames.GetTypeName(creation.Type)).OfType<string>().Distinct()
            .SelectMany(type => compilation.GetSymbolsWithName(type, SymbolFilter.Type, cancellationToken)).SelectMany(static type => type.DeclaringSyntaxReferences)
            .Select(reference => reference.GetSyntax(cancellationToken));
        foreach (string name in created.Prepend(step).SelectMany(static code => code.DescendantTokens()).Select(static token => token.ValueText).Where(static text => text.Length > 3).Distinct())
        {
            trace.HasCache |= ClientPipeline.NamesCache(name);
            trace.MayCap |= IsCappingMember(name) || Array.Exists(apis.Pipelines, pipeline => pipeline.OptionsStep == name);
        }
    }

    private bool IsCappingMember(string name) => Array.Exists(apis.Pipelines, pipeline => pipeline.CappingMembers.Contains(name));
}
