namespace Magsag.Runtime.CallSites;

/// <summary>Where in the source a call is made.</summary>
/// <param name="Location">Path and line (<c>src/Triage.cs:42</c>); null without debug information.</param>
/// <param name="Member">The method (<c>SupportDesk.Triage.ClassifyAsync</c>).</param>
/// <param name="Module">Module version id of the method's assembly.</param>
/// <param name="Test">The test method that was found on the stack, if any.</param>
internal sealed record CallSite(string? Location, string Member, Guid Module, string? Test)
{
    /// <summary>True when only a team's own wrapper was on the stack, and not who called it.</summary>
    public bool IsHelper { get; init; }
}
