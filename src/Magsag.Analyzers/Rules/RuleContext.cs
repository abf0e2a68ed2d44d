namespace Magsag.Analyzers;

/// <summary>What rules judge by, beside the call itself.</summary>
internal sealed record RuleContext(KnownApis Apis, PipelineSettings Pipelines, AnalyzerSettings Settings, CancellationToken CancellationToken);
