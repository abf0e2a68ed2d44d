using Magsag.Analyzers.Sdks;
using Magsag.Analyzers.Syntax;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Magsag.Analyzers.Corpus;

/// <summary>Counts the calls to models that the analyzers recognise.</summary>
internal static class CallCounter
{
    public static int Count(Compilation compilation)
    {
        if (KnownApis.Find(compilation, new NameIndex(compilation)) is not { } apis)
        {
            return 0;
        }

        int count = 0;
        foreach (SyntaxTree tree in compilation.SyntaxTrees)
        {
            SemanticModel semantics = compilation.GetSemanticModel(tree);
            count += tree.GetRoot().DescendantNodes().OfType<InvocationExpressionSyntax>()
                .Count(invocation => semantics.GetOperation(invocation) is IInvocationOperation operation && apis.FindApi(operation.TargetMethod) is { RequiresHolder: false });
        }

        return count;
    }
}
