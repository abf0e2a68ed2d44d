using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Magsag.Analyzers;

/// <summary>MAG011: a loop of tool calls without a cap of its own.</summary>
internal sealed class UnboundedToolLoopRule : IInvocationRule
{
    public const string Id = "MAG011";

    public DiagnosticDescriptor Descriptor { get; } = Rule.Describe(
        Id,
        "Tool loop without an iteration cap",
        DiagnosticSeverity.Info,
        "Every round of tool calls sends the whole conversation again. A model that goes astray repeats it up to the SDK's own limit, if it has one.");

    public Diagnostic? Judge(IInvocationOperation invocation, RuleContext context)
    {
        if (context.Apis.ToolLoopOf(invocation.TargetMethod) is not { } loop
            || invocation.TargetMethod.Parameters.All(parameter => parameter.Name != loop.Parameter)
            || invocation.Arguments.For(loop.Parameter) is { } given && !IsAbsent(given))
        {
            return null;
        }

        ReceiverTrace client = context.Receivers.Trace(invocation.Receiver());
        if (client.IsFree || client.IsForeign || (!client.IsComplete && context.Pipelines.MakesFreeClients))
        {
            return null;
        }

        string text = loop.MostRequests is { } most
            ? $"One question may make up to {most.ToString(CultureInfo.InvariantCulture)} requests, each with the whole conversation: cap the rounds with {loop.Member}"
            : $"One question may make as many requests as the model likes, each with the whole conversation: cap the rounds with {loop.Parameter}";
        ImmutableDictionary<string, string?> facts = ImmutableDictionary<string, string?>.Empty
            .Add(DiagnosticFacts.OptionsParameter, loop.Parameter)
            .Add(DiagnosticFacts.CapMember, loop.Member)
            .Add(DiagnosticFacts.Cap, context.Settings.MaxToolIterations.ToString(CultureInfo.InvariantCulture));
        return Diagnostic.Create(Descriptor, NameLocation(invocation), [], facts, text);
    }

    private static bool IsAbsent(IArgumentOperation argument) =>
        argument.ArgumentKind == ArgumentKind.DefaultValue || argument.Value is { ConstantValue: { HasValue: true, Value: null } };

    // A pipeline is one long expression: only the method's own name is underlined.
    private static Location NameLocation(IInvocationOperation invocation) => invocation.Syntax is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access }
        ? access.Name.GetLocation()
        : invocation.Syntax.GetLocation();
}
