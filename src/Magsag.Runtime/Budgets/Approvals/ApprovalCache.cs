using System.Collections.Concurrent;

namespace Magsag.Runtime.Budgets.Approvals;

/// <summary>Asks for each run and model once, however many calls wait for the answer.</summary>
internal sealed class ApprovalCache(Func<ApprovalRequest, CancellationToken, ValueTask<bool>>? ask)
{
    // Answers for runs that are long over must not be kept for ever.
    private const int MostRemembered = 10_000;

    private readonly ConcurrentDictionary<(string RunId, string Model), Lazy<Task<bool>>> _answers = new();

    public async ValueTask<bool> IsApprovedAsync(ApprovalRequest request, CancellationToken cancellationToken)
    {
        if (ask is null)
        {
            return false;
        }

        if (_answers.Count > MostRemembered)
        {
            _answers.Clear();
        }

        // One caller's cancellation must not decide for the others, so the question itself can't be cancelled.
        (string, string) key = (request.RunId, request.Model);
        Lazy<Task<bool>> answer = _answers.GetOrAdd(key, _ => new Lazy<Task<bool>>(() => ask(request, CancellationToken.None).AsTask()));
        try
        {
            return await answer.Value.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch when (answer.Value.IsFaulted)
        {
            _answers.TryRemove(key, out _);
            throw;
        }
    }
}
