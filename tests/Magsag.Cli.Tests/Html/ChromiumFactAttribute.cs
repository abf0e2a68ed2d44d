namespace Magsag.Cli.Tests.Html;

/// <summary>A test that needs Chromium: skipped, and said so, on a developer's machine that has none; failed in CI.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ChromiumFactAttribute : FactAttribute
{
    public ChromiumFactAttribute() => Skip = ChromiumInstallation.Skip;
}
