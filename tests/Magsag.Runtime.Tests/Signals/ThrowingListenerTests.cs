using System.Diagnostics.Metrics;

namespace Magsag.Runtime.Tests;

public sealed class ThrowingListenerTests : IDisposable
{
    // Metrics belong to the process: this listener throws at the measurements of this test only.
    private readonly string _model = $"model-{Guid.NewGuid():N}";
    private readonly MeterListener _listener = new();

    public ThrowingListenerTests()
    {
        _listener.InstrumentPublished = static (instrument, listener) =>
        {
            if (instrument.Meter.Name == "Magsag")
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((_, _, tags, _) => ThrowAtOwn(tags));
        _listener.SetMeasurementEventCallback<double>((_, _, tags, _) => ThrowAtOwn(tags));
        _listener.Start();
    }

    public void Dispose() => _listener.Dispose();

    [Fact]
    public void What_a_meter_listener_throws_goes_no_further_and_is_counted()
    {
        long before = CostMeter.Faults;

        CostMeter.Measure(new LedgerRecord { Timestamp = DateTimeOffset.UnixEpoch, Model = _model, InputTokens = 10 });

        Assert.True(CostMeter.Faults > before);
    }

    [Fact]
    public void Instruments_that_a_listener_keeps_from_being_made_are_left_out()
    {
        int thread = Environment.CurrentManagedThreadId;
        using var throwing = new MeterListener
        {
            InstrumentPublished = (instrument, _) =>
            {
                if (Environment.CurrentManagedThreadId == thread && instrument.Meter.Name == "Magsag" && instrument.Name == "magsag.calls")
                {
                    throw new InvalidOperationException("A listener that throws.");
                }
            },
        };

        // Starting it tells it of the instruments that are there already.
        Assert.Throws<InvalidOperationException>(throwing.Start);
        using var instruments = new CostInstruments();

        Assert.Equal((1, true, false), (instruments.Missing, instruments.Calls is null, instruments.Cost is null));
    }

    private void ThrowAtOwn(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        foreach (KeyValuePair<string, object?> tag in tags)
        {
            if (tag.Value as string == _model)
            {
                throw new InvalidOperationException("A listener that throws.");
            }
        }
    }
}
