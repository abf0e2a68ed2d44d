using Magsag.Analyzers.Discovery;
using Microsoft.CodeAnalysis;

namespace Magsag.Analyzers.Rules;

/// <summary>All rules, by what they are about.</summary>
internal static class RuleCatalogue
{
    private static readonly IRule[] All = [.. Implementations.CreateAll<IRule>().OrderBy(static rule => rule.Descriptor.Id, StringComparer.Ordinal)];

    public static ICallRule[] CallRules { get; } = [.. All.OfType<ICallRule>()];

    public static ILoopRule[] LoopRules { get; } = [.. All.OfType<ILoopRule>()];

    public static IModelRule[] ModelRules { get; } = [.. All.OfType<IModelRule>().OrderBy(static rule => rule.Rank)];

    public static IInvocationRule[] InvocationRules { get; } = [.. All.OfType<IInvocationRule>()];

    public static INameRule[] NameRules { get; } = [.. All.OfType<INameRule>()];

    /// <summary>One descriptor for each id.</summary>
    public static IEnumerable<DiagnosticDescriptor> Descriptors => All.GroupBy(static rule => rule.Descriptor.Id).Select(static rules => rules.First().Descriptor);
}
