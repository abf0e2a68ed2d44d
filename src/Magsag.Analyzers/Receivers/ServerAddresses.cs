using Magsag.Analyzers.Models;
using Magsag.Analyzers.Syntax;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Magsag.Analyzers.Receivers;

/// <summary>Tells what stands behind an address: constants, defaults of settings, and settings that name their provider.</summary>
internal static class ServerAddresses
{
    // An address in a constant behind a variable behind a Uri.
    private const int MaxDepth = 6;

    // Providers by whose names people call their settings: GitHubModels:Endpoint, AZURE_OPENAI_ENDPOINT.
    private static readonly string[] Hosts = ["github", "azure", "openrouter", "groq", "deepseek", "mistral", "together", "fireworks", "perplexity", "cohere", "huggingface", "anthropic", "gemini", "dashscope", "siliconflow"];

    private static readonly string[] LocalWords = ["local", "ollama", "lmstudio", "lm_studio", "llama", "vllm", "emulator"];

    // Services that aren't models, on their usual ports: vector stores, databases, telemetry, front ends under development.
    private static readonly HashSet<int> OtherPorts = [3000, 3001, 4200, 4317, 4318, 5000, 5001, 5173, 5174, 5432, 6333, 6334, 6379, 7687, 9200, 9411, 14268, 16686, 19530, 27017];

    private static readonly string[] OtherServices = ["Origins", "Urls", "Mcp", "ClientTransport", "Qdrant", "Otlp", "Redis", "Elastic", "Milvus", "Weaviate", "Neo4j", "Jaeger", "Zipkin", "Mongo", "Cosmos"];

    /// <summary>How the addresses of servers on the machine itself begin.</summary>
    public static string[] Local { get; } = ["http://localhost", "http://127.0.0.1"];

    /// <summary>True for an address on the machine itself.</summary>
    public static bool IsLocal(string address) => Array.Exists(Local, prefix => address.StartsWith(prefix, StringComparison.OrdinalIgnoreCase));

    /// <summary>True when models may be behind an address on the machine itself: neither its port nor where it stands says that something else is.</summary>
    public static bool MayServeModels(LiteralExpressionSyntax address) => address.Token.Value is string text && IsLocal(text)
        && !(Uri.TryCreate(text, UriKind.Absolute, out Uri? uri) && (OtherPorts.Contains(uri.Port) || uri.AbsolutePath.EndsWith("/mcp", StringComparison.Ordinal) || uri.AbsolutePath.EndsWith("/sse", StringComparison.Ordinal)))
        && !address.Ancestors().TakeWhile(static node => node is not (StatementSyntax or MemberDeclarationSyntax)).Any(static node => GetName(node) is { } name && Array.Exists(OtherServices, name.Contains));

    /// <summary>What is behind an address: a text, a <c>Uri</c>, or a setting with a default.</summary>
    public static ServerKind Judge(IOperation? address, SemanticModel semantics, CancellationToken cancellationToken, int depth = 0)
    {
        IOperation? value = Initializers.Resolve(address, semantics, cancellationToken);
        if (value is null || depth > MaxDepth)
        {
            return ServerKind.Unknown;
        }

        return ConstantValues.GetText(value) is { } text ? JudgeText(text) : value switch
        {
            IObjectCreationOperation { Arguments: { Length: > 0 } arguments } => Judge(arguments[0].Value, semantics, cancellationToken, depth + 1),
            ILocalReferenceOperation when value != address.Unwrapped() => Judge(value, semantics, cancellationToken, depth + 1),
            ICoalesceOperation { WhenNull: { } otherwise } fallback => JudgeSetting(fallback.Value, otherwise, semantics, cancellationToken, depth),
            IConditionalOperation { WhenFalse: { } otherwise } choice => Judge(choice.WhenTrue, semantics, cancellationToken, depth + 1) is var one && one == Judge(otherwise, semantics, cancellationToken, depth + 1) ? one : ServerKind.Unknown,
            IInterpolatedStringOperation { Parts: { Length: > 1 } parts } when parts[0] is IInterpolatedStringTextOperation { Text: { } beginning } && ConstantValues.GetText(beginning) is { } start => JudgeText(start),
            IBinaryOperation { OperatorKind: BinaryOperatorKind.Add } sum => Judge(sum.LeftOperand, semantics, cancellationToken, depth + 1),
            IFieldReferenceOperation { Field: { IsReadOnly: true } field } when FindInitial(field, semantics, cancellationToken) is { } initial => Judge(initial, semantics, cancellationToken, depth + 1),
            _ => JudgeName(value.Syntax.ToString()),
        };
    }

    // `configuration["Endpoint"] ?? "https://…"`: hosted unless somebody configures something else.
    private static ServerKind JudgeSetting(IOperation setting, IOperation otherwise, SemanticModel semantics, CancellationToken cancellationToken, int depth)
    {
        ServerKind configured = Judge(setting, semantics, cancellationToken, depth + 1);
        return configured is ServerKind.Unknown or ServerKind.Named && Judge(otherwise, semantics, cancellationToken, depth + 1) == ServerKind.Hosted && !NamesLocal(setting.Syntax.ToString()) ? ServerKind.Hosted : configured;
    }

    private static ServerKind JudgeText(string text) => IsLocal(text) ? ServerKind.Local : text.StartsWith("https://", StringComparison.OrdinalIgnoreCase) ? ServerKind.Hosted : ServerKind.Unknown;

    private static ServerKind JudgeName(string setting) => Array.Exists(Hosts, host => setting.IndexOf(host, StringComparison.OrdinalIgnoreCase) >= 0) && !NamesLocal(setting) ? ServerKind.Named : ServerKind.Unknown;

    private static bool NamesLocal(string setting) => Array.Exists(LocalWords, word => setting.IndexOf(word, StringComparison.OrdinalIgnoreCase) >= 0);

    private static IOperation? FindInitial(IFieldSymbol field, SemanticModel semantics, CancellationToken cancellationToken) =>
        field.DeclaringSyntaxReferences.FirstOrDefault() is { } reference && reference.SyntaxTree == semantics.SyntaxTree && reference.GetSyntax(cancellationToken) is VariableDeclaratorSyntax { Initializer.Value: { } initial }
            ? semantics.GetOperation(initial, cancellationToken)
            : null;

    private static string? GetName(SyntaxNode node) => node switch
    {
        InvocationExpressionSyntax call => SyntaxNames.GetCalledName(call),
        ObjectCreationExpressionSyntax creation => SyntaxNames.GetTypeName(creation.Type),
        _ => null,
    };
}
