namespace Magsag.Cli.Hosting;

/// <summary>Ends a command with an exit code and one line on stderr.</summary>
internal sealed class CommandFailure(int exitCode, string message, Exception? innerException = null) : Exception(message, innerException)
{
    public int Code { get; } = exitCode;

    public static CommandFailure Usage(string message, Exception? innerException = null) => new(ExitCode.WrongUsage, message, innerException);

    public static CommandFailure Unreadable(string message, Exception? innerException = null) => new(ExitCode.UnreadableInput, message, innerException);

    /// <summary>The failure that an error stands for; null for an error that is a bug of the tool.</summary>
    public static CommandFailure? From(Exception error, Terminal terminal) => error switch
    {
        CommandFailure failure => failure,
        AggregateException several => several.Flatten().InnerExceptions.Select(inner => From(inner, terminal)).FirstOrDefault(static failure => failure is not null),
        CostStoreException => Unreadable(error.Message, error),
        UnreadableInputException unreadable => Unreadable($"{terminal.ShownLocation(unreadable)}: {error.Message}", error),
        OperationCanceledException => new CommandFailure(ExitCode.Interrupted, "Interrupted; nothing is half-written.", error),
        IOException or UnauthorizedAccessException => Unreadable(error.Message, error),
        OverflowException => Unreadable("The figures add up to more than can be counted; no calls cost that much. Look for an absurd count or cost in what was read, and take it out.", error),
        InsufficientExecutionStackException or OutOfMemoryException => Unreadable("The input is too large for this machine's memory.", error),
        _ => null,
    };

    /// <summary>What <see cref="From"/> says, in one line.</summary>
    public static string? Describe(Exception error, Terminal terminal) => From(error, terminal) is { } failure ? PlainText.OneLine(failure.Message) : null;
}
