namespace Magsag.Cli.Setup;

/// <summary>One thing that <c>magsag doctor</c> looked at.</summary>
/// <param name="Subject">What was looked at.</param>
/// <param name="State">How it is.</param>
/// <param name="Found">What was found, and what to do where it isn't right.</param>
internal sealed record SetupCheck(string Subject, CheckState State, string Found)
{
    public static SetupCheck Ok(string subject, string found) => new(subject, CheckState.Ok, found);

    public static SetupCheck Warning(string subject, string found) => new(subject, CheckState.Warning, found);

    public static SetupCheck Wrong(string subject, string found) => new(subject, CheckState.Wrong, found);
}
