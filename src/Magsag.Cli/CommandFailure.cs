namespace Magsag.Cli;

/// <summary>Ends a command with an exit code and one line on stderr.</summary>
internal sealed class CommandFailure(int exitCode, string message, Exception? innerException = null) : Exception(message, innerException)
{
    public int Code { get; } = exitCode;

    public static CommandFailure Usage(string message, Exception? innerException = null) => new(ExitCode.WrongUsage, message, innerException);

    public static CommandFailure Unreadable(string message, Exception? innerException = null) => new(ExitCode.UnreadableInput, message, innerException);
}
