namespace Magsag.Cli.Tests.Html;

/// <summary>A theory that needs Chromium: skipped, and said so, on a developer's machine that has none; failed in CI.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ChromiumTheoryAttribute : TheoryAttribute
{
    public ChromiumTheoryAttribute() => Skip = ChromiumInstallation.Skip;
}
