namespace Magsag.Analyzers;

/// <summary>What rules judge by in one file, beside the call itself.</summary>
/// <param name="Apis">The SDKs that the project references.</param>
/// <param name="Pipelines">What pipelines anywhere in the project do.</param>
/// <param name="Settings">The team's settings for the file.</param>
/// <param name="Receivers">Follows the file's clients to where they are made.</param>
/// <param name="CancellationToken">Ends the analysis.</param>
internal sealed record RuleContext(KnownApis Apis, PipelineSettings Pipelines, AnalyzerSettings Settings, ReceiverTracer Receivers, CancellationToken CancellationToken);
