using Magsag.Ledger.Limits;

namespace Magsag.Runtime;

/// <summary>The usual ways to approve a model, for <see cref="BudgetOptions.Approval"/>.</summary>
public static class Approval
{
    /// <summary>The variable that <see cref="FromEnvironment"/> reads.</summary>
    public const string EnvironmentVariable = "MAGSAG_APPROVED_MODELS";

    /// <summary>Approves the models that a file names, one a line; <c>*</c> stands for anything, what follows a <c>#</c> is a remark. The file is read each time it is asked, and need not exist.</summary>
    /// <param name="path">The file; relative to the current directory when it isn't a full path.</param>
    /// <returns>The method to set as <see cref="BudgetOptions.Approval"/>.</returns>
    /// <exception cref="ArgumentException">There is no path.</exception>
    public static Func<ApprovalRequest, CancellationToken, ValueTask<bool>> FromFile(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return async (request, cancellationToken) =>
            File.Exists(path) && Names(await File.ReadAllLinesAsync(path, cancellationToken).ConfigureAwait(false), request.Model);
    }

    /// <summary>Approves the models that the variable <c>MAGSAG_APPROVED_MODELS</c> names, separated by commas. It is read each time it is asked.</summary>
    /// <returns>The method to set as <see cref="BudgetOptions.Approval"/>.</returns>
    public static Func<ApprovalRequest, CancellationToken, ValueTask<bool>> FromEnvironment() => static (request, _) =>
        ValueTask.FromResult(Environment.GetEnvironmentVariable(EnvironmentVariable) is { } models && Names(models.Split(','), request.Model));

    private static bool Names(IEnumerable<string> lines, string model) => lines
        .Select(static line => line.Split('#')[0].Trim())
        .Any(name => name.Length > 0 && ModelName.IsNamedBy(name, model));
}
