namespace Magsag.Runtime;

/// <summary>Asks whether a model that needs an approval may be used. It is asked once for each run and model.</summary>
public interface IApprovalProvider
{
    /// <summary>True when the model may be used in the run.</summary>
    ValueTask<bool> ApproveAsync(ApprovalRequest request, CancellationToken cancellationToken = default);
}
