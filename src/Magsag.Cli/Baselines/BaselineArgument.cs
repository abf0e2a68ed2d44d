using Magsag.Gating.Baselines;

namespace Magsag.Cli.Baselines;

/// <summary>The baseline that a command is about.</summary>
internal sealed class BaselineArgument : Argument<string?>
{
    public BaselineArgument()
        : base("baseline")
    {
        Description = $"The baseline; {BaselineFile.DefaultName} in the working directory, else the one below it, when left out.";
        Arity = ArgumentArity.ZeroOrOne;
    }

    /// <exception cref="CommandFailure">There is no such file, or several.</exception>
    public string ResolvePath(ParseResult parsed, Terminal terminal) => parsed.GetValue(this) is { } named
        ? InputFile.Existing(named, BaselineFiles.Expected, terminal)
        : BaselineFiles.Only(terminal) ?? BaselineFiles.Needed(terminal)[0];
}
