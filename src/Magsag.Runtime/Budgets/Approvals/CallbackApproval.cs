namespace Magsag.Runtime;

/// <summary>Approves as a method says.</summary>
internal sealed class CallbackApproval(Func<ApprovalRequest, CancellationToken, ValueTask<bool>> ask) : IApprovalProvider
{
    public ValueTask<bool> ApproveAsync(ApprovalRequest request, CancellationToken cancellationToken = default) => ask(request, cancellationToken);
}
