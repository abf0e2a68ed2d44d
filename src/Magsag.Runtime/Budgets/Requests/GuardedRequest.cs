using System.Net;
using System.Runtime.ExceptionServices;
using Magsag.Ledger.Limits;

namespace Magsag.Runtime.Budgets.Requests;

/// <summary>A request that an app sends by itself, with a reservation. It settles what its answer took when that was read, and stops a stream that has used up what is reserved.</summary>
internal sealed class GuardedRequest(BudgetAdmission admission, GuardedCall call, BudgetedCall plan, WireApi api, string? provider) : IAnswerObserver
{
    private readonly Lock _gate = new();
    private AnswerReader? _answer;
    private bool _isUnreadable;
    private bool _hasEnded;

    public GuardedCall Call => call;

    /// <summary>Takes note of the answer's beginning.</summary>
    /// <returns>Whether the body is to be followed.</returns>
    public async ValueTask<bool> AnswerAsync(int status, string? contentType, string? encoding)
    {
        if (status is < 200 or >= 300)
        {
            _hasEnded = true;
            await call.FailAsync(new HttpRequestException(null, null, (HttpStatusCode)status)).ConfigureAwait(false);
            return false;
        }

        _answer = new AnswerReader(api, AnswerReader.KindOf(contentType), provider ?? api.Owner, encoding, () => plan.Demand.Model) { ReadsAll = true };
        return true;
    }

    /// <summary>Ends a request that no answer came to, and says so to the app.</summary>
    public async ValueTask FailAsync(Exception error)
    {
        _hasEnded = true;
        await call.FailAsync(error).ConfigureAwait(false);

        // What sends again may hide that a further request found no room.
        ExceptionDispatchInfo.Throw(call.Refusal ?? error);
    }

    /// <inheritdoc/>
    /// <exception cref="BudgetExceededException">More was streamed than was reserved.</exception>
    public void Read(ReadOnlySpan<byte> bytes)
    {
        lock (_gate)
        {
            if (_hasEnded || !IsBeyond(bytes))
            {
                return;
            }
        }

        EndAnswer(AnswerEnd.Broken);
        throw new BudgetExceededException($"The stream was stopped: it produced more than the {plan.MaxOutputTokens} output tokens that were reserved for it.")
        {
            Measure = LimitMeasure.Tokens,
            Limit = plan.MaxOutputTokens,
        };
    }

    /// <summary>Takes an answer that has arrived as a whole. One of more than was reserved is there already, and is entered.</summary>
    public ValueTask TakeAsync(ReadOnlySpan<byte> body)
    {
        lock (_gate)
        {
            IsBeyond(body);
        }

        return EndAnswerAsync();
    }

    /// <inheritdoc/>
    public void Fail(Exception error) => EndAnswer(AnswerEnd.Broken);

    /// <inheritdoc/>
    /// <remarks>A reader can't wait in the middle of a stream: a store that takes its time gets the settlement a little later, and holds the worst case until then.</remarks>
    public void EndAnswer(AnswerEnd end) => _ = EndAnswerAsync().AsTask();

    /// <summary>Settles what the answer took, as far as it was read.</summary>
    public ValueTask EndAnswerAsync()
    {
        lock (_gate)
        {
            if (_hasEnded)
            {
                return ValueTask.CompletedTask;
            }

            _hasEnded = true;
            return call.SucceedAsync(Taken());
        }
    }

    private bool IsBeyond(ReadOnlySpan<byte> bytes)
    {
        try
        {
            _answer!.Append(bytes);
            return _answer.HasMoreOutputThan(plan.MaxOutputTokens);
        }
        catch (Exception)
        {
            CostMeter.CountFault();
            _isUnreadable = true;
            return false;
        }
    }

    private BudgetAmount Taken()
    {
        try
        {
            AnswerReading reading = _answer!.Read();
            if (_isUnreadable)
            {
                return plan.Amount;
            }

            if (reading.IsComplete)
            {
                reading.Answer.Used.Finish();
            }

            return plan.Taken(reading.Answer.Used, reading.IsComplete, besides: 0, admission.Prices, admission.Guard.Options.Time.GetUtcNow());
        }
        catch (Exception)
        {
            CostMeter.CountFault();
            return plan.Amount;
        }
        finally
        {
            _answer?.Dispose();
        }
    }
}
