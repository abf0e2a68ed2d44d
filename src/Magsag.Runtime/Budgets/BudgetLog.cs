using Microsoft.Extensions.Logging;

namespace Magsag.Runtime.Budgets;

/// <summary>What the budgets say to the app's log. It never says what was asked or answered.</summary>
internal static partial class BudgetLog
{
    [LoggerMessage(20, LogLevel.Error, "What a call took couldn't be entered in its budget. The call itself went on; its worst case counts as spent.")]
    public static partial void NotSettled(ILogger logger, Exception error);

    [LoggerMessage(21, LogLevel.Warning, "A call took more than was reserved for it: {Usd} and {Tokens} tokens of {ReservedUsd} and {ReservedTokens} tokens. All of it is entered in its budgets.")]
    public static partial void AboveReservation(ILogger logger, string usd, long tokens, string reservedUsd, long reservedTokens);
}
