using Magsag.Runtime;

namespace Magsag.Storage.Budgets.Slices;

/// <summary>A claim that the slices of its process have no room for, on its way to the database.</summary>
internal sealed class SliceDemand(BudgetClaim claim)
{
    private readonly TaskCompletionSource<BudgetDecision> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public BudgetClaim Claim { get; } = claim;

    /// <summary>The slices of its lines; they are found anew for each round.</summary>
    public BudgetSlice[] Slices { get; set; } = [];

    public Task<BudgetDecision> Answer => _answer.Task;

    /// <summary>Whether the caller waits no longer.</summary>
    public bool IsAbandoned { get; set; }

    /// <summary>The refusal; null when the database has room.</summary>
    public BudgetDecision? Refusal { get; set; }

    public void Complete(BudgetDecision decision) => _answer.TrySetResult(decision);

    public void Fail(Exception error) => _answer.TrySetException(error);
}
