using System.Diagnostics.CodeAnalysis;

namespace Magsag.Runtime.Budgets.Accounts;

/// <summary>The claims that a process has in its memory, by id.</summary>
internal sealed class OpenClaims
{
    private readonly Dictionary<Guid, OpenClaim> _claims = [];

    public int Count => _claims.Count;

    public bool Contains(Guid id) => _claims.ContainsKey(id);

    public void Add(OpenClaim claim) => _claims.Add(claim.Id, claim);

    public bool Remove(Guid id, [NotNullWhen(true)] out OpenClaim? claim) => _claims.Remove(id, out claim);

    /// <summary>Counts as spent what expired. That changes no decision, so it is done only when the two are read.</summary>
    public void Expire(DateTimeOffset now)
    {
        foreach (OpenClaim claim in _claims.Values)
        {
            BudgetStateMachine.Expire(claim, now);
        }
    }

    /// <summary>Forgets the expired claims whose answer is too late, and gives them.</summary>
    public IReadOnlyList<OpenClaim> Forget(long observed)
    {
        OpenClaim[] late = [.. _claims.Values.Where(claim => BudgetStateMachine.CanBeForgotten(claim, observed))];
        foreach (OpenClaim claim in late)
        {
            _claims.Remove(claim.Id);
        }

        return late;
    }
}
