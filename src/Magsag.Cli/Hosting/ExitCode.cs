namespace Magsag.Cli.Hosting;

/// <summary>What the tool answers its caller with.</summary>
internal static class ExitCode
{
    /// <summary>All is well, or the gate passed.</summary>
    public const int Passed = 0;

    /// <summary>The gate failed, or an alert threshold is passed.</summary>
    public const int GateFailed = 1;

    /// <summary>The command line or a setting is wrong.</summary>
    public const int WrongUsage = 2;

    /// <summary>An input can't be read.</summary>
    public const int UnreadableInput = 3;

    /// <summary>The user stopped the command, as shells report it.</summary>
    public const int Interrupted = 130;
}
