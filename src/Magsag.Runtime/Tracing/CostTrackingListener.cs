using System.Diagnostics;
using Microsoft.Extensions.Logging;

namespace Magsag.Runtime;

/// <summary>Records the calls that SDKs and frameworks describe in OpenTelemetry's spans (<c>gen_ai.usage.*</c>), for code whose clients can't be changed.</summary>
/// <remarks>A call that a middleware, a handler or a policy sees too is recorded by that one, which knows more; of spans within spans, the innermost counts.</remarks>
/// <example><code>using var costs = new CostTrackingListener();</code></example>
public sealed class CostTrackingListener : IDisposable
{
    private static readonly string[] KnownSources =
    [
        "Experimental.Microsoft.Extensions.AI",
        "Experimental.Microsoft.Agents.AI",
        "OpenAI.ChatClient",
        "OpenAI.ResponsesClient",
        "com.anthropic.sdk.csharp",
        "Azure.AI.Inference.ChatCompletionsClient",
        "Microsoft.SemanticKernel.Diagnostics",
    ];

    private readonly CostRecorder _recorder;
    private readonly HashSet<string> _sources;
    private readonly ActivityListener _listener;
    private int _disposed;

    /// <summary>Begins to listen, in the whole process, until disposed.</summary>
    /// <param name="configure">Changes where and how is recorded; the defaults suit tests and applications.</param>
    /// <param name="loggers">Receives what goes wrong while recording.</param>
    /// <param name="sources">Names of further activity sources, such as the one given to <c>UseOpenTelemetry</c>.</param>
    public CostTrackingListener(Action<CostTrackingOptions>? configure = null, ILoggerFactory? loggers = null, IEnumerable<string>? sources = null)
    {
        _recorder = CostRecorder.Create(configure, loggers);
        _sources = [.. KnownSources, .. sources ?? []];
        CallCorrelation.Need();
        SpanCorrelation.AddListener();
        _listener = new ActivityListener
        {
            ShouldListenTo = source => _sources.Contains(source.Name),
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStarted = Begin,
            ActivityStopped = End,
        };
        ActivitySource.AddActivityListener(_listener);
    }

    /// <summary>Stops listening.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            SpanCorrelation.RemoveListener();
            _listener.Dispose();
        }
    }

    private void Begin(Activity span) =>
        SpanCorrelation.Attach(span, new SpanCorrelation(this, _recorder.CaptureSite(), CostScope.Current) { IsCovered = CallCorrelation.Current is not null });

    private void End(Activity span)
    {
        if (SpanCorrelation.Find(span, this) is not { IsCovered: false } correlation)
        {
            return;
        }

        try
        {
            if (SpanFacts.Read(span) is { } call)
            {
                SpanCorrelation.Cover(span.Parent);
                _recorder.Record(call with { Site = correlation.Site, Scope = correlation.Scope });
            }
        }
        catch (Exception error)
        {
            _recorder.ReportFault(error);
        }
    }
}
