using Microsoft.Extensions.Logging;

namespace Magsag.Runtime.Diagnostics;

/// <summary>What recorder and budgets say to the app's log. It never says what was asked or answered.</summary>
/// <remarks>One class for all of it: the source generator of the lowest supported version emits several in random order, which would give every build another module version id.</remarks>
internal static partial class RuntimeLog
{
    [LoggerMessage(1, LogLevel.Error, "Costs can't be recorded below {RunsDirectory}. Calls go on, their costs are lost until the directory can be written; set MAGSAG_RUNS_DIRECTORY to another one.")]
    public static partial void CannotWrite(ILogger logger, string runsDirectory, Exception error);

    [LoggerMessage(2, LogLevel.Warning, "Model '{Model}' has no price, so the cost of its calls is unknown. Nearest known: {Nearest}. Check the name, or give it a price of your own.")]
    public static partial void Unpriced(ILogger logger, string model, string nearest);

    [LoggerMessage(3, LogLevel.Error, "A call couldn't be recorded. The call itself went on.")]
    public static partial void Fault(ILogger logger, Exception error);

    [LoggerMessage(4, LogLevel.Warning, "Model '{Model}' is in the price catalogue, but not with a price for this usage, service tier and date, so the cost of such calls is unknown.")]
    public static partial void PartlyUnpriced(ILogger logger, string model);

    [LoggerMessage(5, LogLevel.Error, "The own prices in {File} can't be used, so the cost of all calls is recorded as unknown until they can: {Reason}")]
    public static partial void BadPrices(ILogger logger, string file, string reason);

    [LoggerMessage(6, LogLevel.Warning, "The cost of {Subject} {Name} is {Spent} and has crossed the threshold of {Threshold}.", EventName = "magsag.cost.threshold")]
    public static partial void Crossed(ILogger logger, string subject, string name, string spent, string threshold);

    [LoggerMessage(7, LogLevel.Error, "A handler of CostMonitor.Crossed failed.")]
    public static partial void HandlerFailed(ILogger logger, Exception error);

    [LoggerMessage(8, LogLevel.Warning, "An answer of {Provider} at {Path} couldn't be read, though it may be billed: its cost is recorded as unknown. Later ones there are recorded without a word.")]
    public static partial void Unreadable(ILogger logger, string provider, string path);

    [LoggerMessage(20, LogLevel.Error, "What a call took couldn't be entered in its budget. The call itself went on; its worst case counts as spent.")]
    public static partial void NotSettled(ILogger logger, Exception error);

    [LoggerMessage(21, LogLevel.Warning, "A call took more than was reserved for it: {Usd} and {Tokens} tokens of {ReservedUsd} and {ReservedTokens} tokens. All of it is entered in its budgets.")]
    public static partial void AboveReservation(ILogger logger, string usd, long tokens, string reservedUsd, long reservedTokens);
}
