using Magsag.Analyzers.Receivers;
using Magsag.Analyzers.Sdks;
using Magsag.Analyzers.Settings;

namespace Magsag.Analyzers.Calls;

/// <summary>What rules need to know of a file and its project, beside the call itself.</summary>
/// <param name="Apis">The SDKs that the project references.</param>
/// <param name="Pipelines">What pipelines anywhere in the project do.</param>
/// <param name="Settings">The team's settings for the file.</param>
/// <param name="Receivers">Follows the file's clients to where they are created.</param>
/// <param name="CancellationToken">Ends the analysis.</param>
internal sealed record FileContext(KnownApis Apis, ProjectPipelines Pipelines, AnalyzerSettings Settings, ReceiverTracer Receivers, CancellationToken CancellationToken);
