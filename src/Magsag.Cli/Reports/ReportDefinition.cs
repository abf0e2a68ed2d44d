using Magsag.Cli.Stores;

namespace Magsag.Cli.Reports;

/// <summary>One of the reports below <c>magsag report</c>: a row of the catalogue.</summary>
/// <param name="Name">The command.</param>
/// <param name="Description">What its help says.</param>
/// <param name="BuildAsync">Adds the figures up.</param>
internal sealed record ReportDefinition(string Name, string Description, Func<StoreRequest, Task<StoreResult>> BuildAsync)
{
    /// <summary>An argument of its own.</summary>
    public Argument? Argument { get; init; }

    /// <summary>Options of its own, beside those that every report has.</summary>
    public IReadOnlyList<Option> Options { get; init; } = [];

    /// <summary>What is printed when stdout is redirected and no option says otherwise.</summary>
    public OutputFormat Redirected { get; init; } = OutputFormat.Text;

    /// <summary>Refuses settings that can't be, before anything is read.</summary>
    public Action<ParseResult> Validate { get; init; } = static _ => { };
}
