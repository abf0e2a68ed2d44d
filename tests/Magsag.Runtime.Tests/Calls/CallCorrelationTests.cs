using Magsag.Pricing.Tokens;

namespace Magsag.Runtime.Tests;

public sealed class CallCorrelationTests
{
    private static readonly CallObservation Own = new() { Operation = "chat", Provider = "openai", RequestedModel = "gpt-4o", Usage = new Usage { InputTokens = 1 }, Site = new CallSite("a.cs:1", "A.B", Guid.Empty, null) };

    public CallCorrelationTests() => CallCorrelation.Need();

    [Fact]
    public void A_call_that_nobody_below_saw_is_recorded_as_its_opener_saw_it() =>
        Assert.Equal(Own, Assert.Single(CallCorrelation.Open()!.Close(Own)));

    [Fact]
    public void An_attempt_seen_below_replaces_the_openers_view_and_takes_over_what_only_the_opener_knows()
    {
        CallCorrelation slot = CallCorrelation.Open()!;
        slot.TryJoin(new Attempt(new CallObservation { Operation = "wire", Model = "gpt-4o-2024-08-06", Usage = new Usage { InputTokens = 10 } }));

        CallObservation recorded = Assert.Single(slot.Close(Own));

        Assert.Equal(("chat", "openai", "gpt-4o", "gpt-4o-2024-08-06", 10L, "a.cs:1"), (recorded.Operation, recorded.Provider, recorded.RequestedModel, recorded.Model, recorded.Usage!.Value.InputTokens, recorded.Site!.Location));
        Assert.Null(recorded.CallId);
    }

    [Fact]
    public void Attempts_at_one_call_share_an_id()
    {
        CallCorrelation slot = CallCorrelation.Open()!;
        slot.TryJoin(new Attempt(Own with { Outcome = CallOutcome.Error, Usage = null }));
        slot.TryJoin(new Attempt(Own));

        IReadOnlyList<CallObservation> recorded = slot.Close(Own);

        Assert.Equal([CallOutcome.Error, CallOutcome.Ok], recorded.Select(attempt => attempt.Outcome));
        Assert.NotNull(Assert.Single(recorded.Select(attempt => attempt.CallId).Distinct()));
    }

    [Fact]
    public void Usage_that_the_opener_was_told_goes_before_usage_that_was_counted_below()
    {
        CallCorrelation slot = CallCorrelation.Open()!;
        slot.TryJoin(new Attempt(Own with { Usage = new Usage { InputTokens = 99 }, IsCounted = true }));

        CallObservation recorded = Assert.Single(slot.Close(Own));

        Assert.Equal((1L, false), (recorded.Usage!.Value.InputTokens, recorded.IsCounted));
    }

    [Fact]
    public void A_call_that_its_caller_gave_up_is_cancelled_though_its_answer_had_arrived()
    {
        CallCorrelation slot = CallCorrelation.Open()!;
        slot.TryJoin(new Attempt(Own));

        Assert.Equal(CallOutcome.Cancelled, Assert.Single(slot.Close(Own with { Outcome = CallOutcome.Cancelled })).Outcome);
    }

    [Fact]
    public void An_attempt_after_the_calls_end_is_on_its_own()
    {
        CallCorrelation slot = CallCorrelation.Open()!;
        slot.Close(Own);

        Assert.False(slot.TryJoin(new Attempt(Own)));
        Assert.Null(CallCorrelation.Current);
    }

    [Fact]
    public async Task Concurrent_calls_never_share_a_slot()
    {
        CallCorrelation?[] slots = await Task.WhenAll(Enumerable.Range(0, 50).Select(async _ =>
        {
            CallCorrelation opened = CallCorrelation.Open()!;
            await Task.Yield();
            return ReferenceEquals(opened, CallCorrelation.Current) ? opened : null;
        }));

        Assert.Equal(50, slots.OfType<CallCorrelation>().Distinct().Count());
    }

    private sealed class Attempt(CallObservation seen) : ICallAttempt
    {
        public CallObservation Finish() => seen;
    }
}
