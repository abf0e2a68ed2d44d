namespace Magsag.Analyzers.Rules;

/// <summary>The ways in which a fix can add a cap to a call.</summary>
internal static class CapFix
{
    /// <summary>Pass new options with a cap to a call that passes none.</summary>
    public const string AddOptions = "add-options";

    /// <summary>Pass the cap itself as an argument.</summary>
    public const string AddCapArgument = "add-cap-argument";

    /// <summary>Set the cap where the options are created.</summary>
    public const string SetInCreation = "set-in-creation";

    /// <summary>Put new options with a cap into what carries options and has none.</summary>
    public const string SetInCarrier = "set-in-carrier";

    /// <summary>Change to the overload that takes a list of messages and options.</summary>
    public const string MessagesToList = "messages-to-list";

    /// <summary>Change to the overload that takes the whole request as one object.</summary>
    public const string ArgumentsToRequest = "arguments-to-request";
}
