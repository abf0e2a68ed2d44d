using System.CommandLine;
using Magsag.Gating;

namespace Magsag.Cli;

/// <summary>The baseline that costs are compared with or become.</summary>
internal sealed class BaselineOption : Option<string>
{
    public BaselineOption()
        : base("--baseline")
    {
        Description = "The baseline.";
        HelpName = "file";
        DefaultValueFactory = static _ => BaselineFile.DefaultName;
    }
}
