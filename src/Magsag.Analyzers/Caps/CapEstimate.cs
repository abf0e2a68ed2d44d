using Magsag.Analyzers.Calls;
using Magsag.Analyzers.Settings;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Magsag.Analyzers.Caps;

/// <summary>Chooses a cap that doesn't cut the answers: JSON that is cut is worth nothing, and a model that reasons spends output tokens before it answers.</summary>
internal static class CapEstimate
{
    private const int Step = 100;

    // JSON of a schema that isn't seen.
    private const int UnknownSchemaFactor = 4;

    // What the SDKs themselves allow for an effort.
    private const int LowEffort = 1024;
    private const int MediumEffort = 8192;
    private const int HighEffort = 16384;
    private const int HighestEffort = 32768;

    // Families whose models reason unless they are told not to.
    private static readonly string[] ReasoningModels = ["o1", "o3", "o4", "gpt-5", "deepseek-reasoner"];

    /// <summary>The team's own cap; else one for the type of the answer, and for the effort of the model.</summary>
    /// <param name="call">The call.</param>
    /// <param name="settings">The team's settings.</param>
    /// <param name="most">How many tokens the model can produce; null when that isn't known.</param>
    public static FittingCap Find(LlmCall call, AnalyzerSettings settings, int? most)
    {
        if (settings.HasMaxOutputTokens)
        {
            return new FittingCap(settings.MaxOutputTokens, null);
        }

        long tokens = settings.MaxOutputTokens;
        List<string> reasons = [];
        if (FindSchemaTokens(call, out string? schema) is { } estimate)
        {
            tokens = Math.Max(tokens, RoundUp(2L * estimate));
            reasons.Add($"twice what {schema} takes");
        }
        else if (AsksForJson(call))
        {
            tokens *= UnknownSchemaFactor;
            reasons.Add("for JSON");
        }

        if (FindReasoningTokens(call, out string? effort) is > 0 and { } reasoning)
        {
            tokens = RoundUp(tokens + reasoning);
            reasons.Add($"with reasoning of {effort} effort");
        }

        return new FittingCap(Math.Min(tokens, most ?? tokens), reasons.Count == 0 ? null : string.Join(", ", reasons));
    }

    private static long RoundUp(long tokens) => (tokens + Step - 1) / Step * Step;

    // The type argument of the call, or of the format in its options.
    private static int? FindSchemaTokens(LlmCall call, out string? schema)
    {
        schema = null;
        ITypeSymbol? type = call.Operation.TargetMethod is { IsGenericMethod: true, TypeArguments: { Length: 1 } arguments } method && method.Name != "GenerateAsync" ? arguments[0] : FindFormatType(call);
        if (type is null or { TypeKind: TypeKind.TypeParameter or TypeKind.Error } or { SpecialType: SpecialType.System_String or SpecialType.System_Object } || IsAnswer(type))
        {
            return null;
        }

        schema = type.Name;
        return SchemaEstimate.Count(type);
    }

    // `InvokePromptStreamingAsync<StreamingChatMessageContent>`: the SDK's own form of an answer says nothing about its text.
    private static bool IsAnswer(ITypeSymbol type) => type.ContainingNamespace?.ToDisplayString() is { } space && (space.StartsWith("Microsoft.", StringComparison.Ordinal) || space.StartsWith("OpenAI", StringComparison.Ordinal));

    // `ResponseFormat = ChatResponseFormat.ForJsonSchema<Invoice>()`, `ResponseFormat = typeof(Invoice)`.
    private static ITypeSymbol? FindFormatType(LlmCall call)
    {
        SyntaxNode? format = FindMember(call, "ResponseFormat");
        TypeSyntax? named = format?.DescendantNodesAndSelf().Select(static node => node switch
        {
            GenericNameSyntax { TypeArgumentList.Arguments: { Count: 1 } arguments } => arguments[0],
            TypeOfExpressionSyntax type => type.Type,
            _ => null,
        }).FirstOrDefault(static type => type is not null);
        return named is not null && named.SyntaxTree == call.Semantics.SyntaxTree ? call.Semantics.GetTypeInfo(named).Type : null;
    }

    private static bool AsksForJson(LlmCall call) => (FindMember(call, "ResponseFormat") ?? FindMember(call, "TextOptions"))?.ToString() is { } format && format.IndexOf("Json", StringComparison.Ordinal) >= 0;

    private static int? FindReasoningTokens(LlmCall call, out string? effort)
    {
        string? given = (FindMember(call, "Reasoning") ?? FindMember(call, "ReasoningEffortLevel") ?? FindMember(call, "ReasoningOptions") ?? FindMember(call, "ReasoningEffort"))?.ToString();
        if (given is null && !(call.Model is { } model && Array.Exists(ReasoningModels, family => model.StartsWith(family, StringComparison.OrdinalIgnoreCase)) && model.IndexOf("chat", StringComparison.OrdinalIgnoreCase) < 0))
        {
            effort = null;
            return null;
        }

        (effort, int tokens) = given switch
        {
            null => ("medium", MediumEffort),
            _ when Names(given, "ExtraHigh") || Names(given, "XHigh") || Names(given, "Max") => ("the highest", HighestEffort),
            _ when Names(given, "High") => ("high", HighEffort),
            _ when Names(given, "Low") => ("low", LowEffort),
            _ when Names(given, "Minimal") || Names(given, "None") => ("no", 0),
            _ => ("medium", MediumEffort),
        };
        return tokens;
    }

    private static bool Names(string text, string word) => text.IndexOf(word, StringComparison.OrdinalIgnoreCase) >= 0;

    private static SyntaxNode? FindMember(LlmCall call, string member) => (call.Options.Creation as BaseObjectCreationExpressionSyntax)?.Initializer?.Expressions.OfType<AssignmentExpressionSyntax>()
        .FirstOrDefault(assignment => assignment.Left.ToString() == member)?.Right;
}
