using Magsag.Analyzers.Calls;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Magsag.Analyzers.Rules;

/// <summary>A rule about members with certain names.</summary>
internal interface INameRule : IRule
{
    /// <summary>The names without one of which a file can't have a finding.</summary>
    HashSet<string> Names { get; }

    /// <summary>The finding about a member with one of the names; null for none.</summary>
    Diagnostic? Analyze(MemberAccessExpressionSyntax member, SemanticModel semantics, FileContext context);
}
