using System.Diagnostics.Tracing;

namespace Magsag.Runtime.TestRuns;

/// <summary>Hears from VSTest how many cases a test host ran: its event source says so when a run ends, whoever began it.</summary>
internal sealed class TestCaseListener(Action<long> ran) : EventListener
{
    private const string Source = "TestPlatform";
    private const string End = "ExecutionStop";

    protected override void OnEventSourceCreated(EventSource eventSource)
    {
        if (eventSource.Name == Source)
        {
            EnableEvents(eventSource, EventLevel.Informational, EventKeywords.All);
        }
    }

    protected override void OnEventWritten(EventWrittenEventArgs eventData)
    {
        if (eventData.EventName == End && eventData.Payload is [long cases])
        {
            ran(cases);
        }
    }
}
