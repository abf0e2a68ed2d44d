using System.Collections.Immutable;
using System.Globalization;
using Magsag.Analyzers.Calls;
using Magsag.Analyzers.Receivers;
using Magsag.Analyzers.Sdks;
using Magsag.Analyzers.Syntax;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Magsag.Analyzers.Rules;

/// <summary>MAG011: a loop of tool calls without a cap of its own.</summary>
internal sealed class UnboundedToolLoopRule : IInvocationRule
{
    public const string Id = "MAG011";

    private static readonly DiagnosticDescriptor Bounded = RuleDescriptor.Create(
        Id,
        "Tool loop without an iteration cap",
        "One question may make up to {0} requests, each with the whole conversation: cap the rounds with {1}",
        DiagnosticSeverity.Info,
        "Every round of tool calls sends the whole conversation again. A model that goes astray repeats it up to the SDK's own limit, if it has one.");

    private static readonly DiagnosticDescriptor Unbounded = Bounded.WithMessage("One question may make as many requests as the model likes, each with the whole conversation: cap the rounds with {0}");

    public DiagnosticDescriptor Descriptor => Bounded;

    public Diagnostic? Analyze(IInvocationOperation invocation, FileContext context)
    {
        if (context.Apis.FindToolLoop(invocation.TargetMethod) is not { } loop
            || invocation.TargetMethod.Parameters.All(parameter => parameter.Name != loop.Parameter)
            || (invocation.Arguments.For(loop.Parameter) is { } given && !IsAbsent(given)))
        {
            return null;
        }

        ReceiverTrace client = context.Receivers.Trace(invocation.Receiver());
        if (client.IsFree || client.IsUnknownImplementation || (!client.IsComplete && context.Pipelines.MayBeFree(client, ServiceKinds.Text, invocation.Receiver()?.Type)))
        {
            return null;
        }

        ImmutableDictionary<string, string?> properties = ImmutableDictionary<string, string?>.Empty
            .Add(DiagnosticProperties.OptionsParameter, loop.Parameter)
            .Add(DiagnosticProperties.CapMember, loop.Member)
            .Add(DiagnosticProperties.Cap, context.Settings.MaxToolIterations.ToString(CultureInfo.InvariantCulture));
        return loop.MaxRequests is { } max
            ? Diagnostic.Create(Bounded, GetNameLocation(invocation), properties, max.ToString(CultureInfo.InvariantCulture), loop.Member)
            : Diagnostic.Create(Unbounded, GetNameLocation(invocation), properties, loop.Parameter);
    }

    private static bool IsAbsent(IArgumentOperation argument) =>
        argument.ArgumentKind == ArgumentKind.DefaultValue || argument.Value is { ConstantValue: { HasValue: true, Value: null } };

    // A pipeline is one long expression: only the method's own name is underlined.
    private static Location GetNameLocation(IInvocationOperation invocation) => invocation.Syntax is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access }
        ? access.Name.GetLocation()
        : invocation.Syntax.GetLocation();
}
