using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Magsag.Runtime.Tests;

public sealed class CostMeterTests : IDisposable
{
    // Metrics belong to the process; a model of the test's own tells its measurements from those of tests beside it.
    private readonly string _model = $"model-{Guid.NewGuid():N}";
    private readonly ConcurrentQueue<(string Name, double Value, Dictionary<string, object?> Tags)> _measured = new();
    private readonly MeterListener _listener = new();

    public CostMeterTests()
    {
        _listener.InstrumentPublished = static (instrument, listener) =>
        {
            if (instrument.Meter.Name == "Magsag")
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Keep(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Keep(instrument, value, tags));
        _listener.Start();
    }

    public void Dispose() => _listener.Dispose();

    [Fact]
    public void A_call_is_measured_by_tokens_duration_and_cost_under_the_names_of_the_conventions()
    {
        CostMeter.Measure(Record() with { InputTokens = 1000, OutputTokens = 100, CostUsd = 0.5m, DurationMilliseconds = 250 });

        Assert.Equal(
            [("gen_ai.client.operation.duration", 0.25), ("gen_ai.client.token.usage", 100), ("gen_ai.client.token.usage", 1000), ("magsag.calls", 1), ("magsag.cost", 0.5)],
            _measured.Select(measured => (measured.Name, measured.Value)).Order());
        Assert.Equal(["input", "output"], _measured.Where(measured => measured.Name == "gen_ai.client.token.usage").Select(measured => measured.Tags["gen_ai.token.type"]).Order());
    }

    [Fact]
    public void Tags_say_what_was_called_and_never_for_whom()
    {
        CostMeter.Measure(Record() with { Customer = "acme", RunId = "r1", Agent = "triage", CostUsd = 1m });

        Assert.Equal(["gen_ai.operation.name", "gen_ai.provider.name", "gen_ai.response.model"], _measured.Single(measured => measured.Name == "magsag.cost").Tags.Keys.Order());
    }

    [Fact]
    public void What_is_unknown_is_not_measured()
    {
        CostMeter.Measure(Record());

        Assert.Equal("magsag.calls", Assert.Single(_measured).Name);
    }

    [Fact]
    public void A_cache_hit_is_a_call_that_spent_nothing()
    {
        CostMeter.Measure(Record() with { Outcome = CallOutcome.CacheHit, InputTokens = 10, CostUsd = 0m, AvoidedUsd = 1m, DurationMilliseconds = 1 });

        Assert.Equal("cache_hit", Assert.Single(_measured).Tags["magsag.outcome"]);
    }

    [Fact]
    public void A_failed_call_names_its_kind_of_error()
    {
        CostMeter.Measure(Record() with { Outcome = CallOutcome.Error, DurationMilliseconds = 1 });

        Assert.Equal("error", _measured.Single(measured => measured.Name == "gen_ai.client.operation.duration").Tags["error.type"]);
    }

    private LedgerRecord Record() => new() { Timestamp = DateTimeOffset.UnixEpoch, Provider = "openai", Model = _model };

    private void Keep(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var kept = new Dictionary<string, object?>(tags.ToArray());
        if (kept.TryGetValue("gen_ai.response.model", out object? model) && (string?)model == _model)
        {
            _measured.Enqueue((instrument.Name, value, kept));
        }
    }
}
