using Magsag.Gating.Baselines;

namespace Magsag.Cli.Baselines;

/// <summary>The baseline that costs are compared with.</summary>
internal sealed class BaselineOption : Option<string?>
{
    public BaselineOption()
        : base("--baseline")
    {
        Description = $"The baseline to compare with; {BaselineFile.DefaultName} in the working directory, else every one below it, when left out.";
        HelpName = "file";
    }

    /// <summary>The one that was named, else those that are found.</summary>
    /// <exception cref="CommandFailure">The one that was named isn't there.</exception>
    public IReadOnlyList<string> ResolvePaths(ParseResult parsed, Terminal terminal) =>
        parsed.GetValue(this) is { } named ? [InputFile.Existing(named, BaselineFiles.Expected, terminal)] : BaselineFiles.Find(terminal.Directory);
}
