using System.CommandLine;
using Magsag.Gating;

namespace Magsag.Cli;

/// <summary>The baseline that a command is about.</summary>
internal sealed class BaselineArgument : Argument<string>
{
    public BaselineArgument()
        : base("baseline")
    {
        Description = "The baseline.";
        DefaultValueFactory = static _ => BaselineFile.DefaultName;
    }

    /// <exception cref="CommandFailure">There is no such file.</exception>
    public string PathOf(ParseResult parsed, Terminal terminal) => InputFile.Existing(parsed.GetValue(this)!, "a baseline; `magsag baseline accept` makes one", terminal);
}
