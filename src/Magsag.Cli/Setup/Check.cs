namespace Magsag.Cli;

/// <summary>One thing that <c>magsag doctor</c> looked at.</summary>
/// <param name="Subject">What was looked at.</param>
/// <param name="State">How it is.</param>
/// <param name="Found">What was found, and what to do where it isn't right.</param>
internal sealed record Check(string Subject, CheckState State, string Found)
{
    public static Check Ok(string subject, string found) => new(subject, CheckState.Ok, found);

    public static Check Warning(string subject, string found) => new(subject, CheckState.Warning, found);

    public static Check Wrong(string subject, string found) => new(subject, CheckState.Wrong, found);
}
