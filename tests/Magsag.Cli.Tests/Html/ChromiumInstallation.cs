namespace Magsag.Cli.Tests.Html;

/// <summary>Finds a Chromium or Chrome: where a variable says, or where Debian puts it.</summary>
internal static class ChromiumInstallation
{
    public const string Missing = $"These tests look at pages in Chromium, which isn't on this machine. Install it (Debian: apt-get install chromium) or set {Variable} to a Chromium or Chrome.";

    private const string Variable = "MAGSAG_CHROMIUM";
    private static readonly string[] Places = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    /// <summary>The program; null when there is none.</summary>
    public static string? Program { get; } = Environment.GetEnvironmentVariable(Variable) ?? Array.Find(Places, File.Exists);

    /// <summary>Why a test is skipped; null where it runs. In CI a missing Chromium is a failure.</summary>
    public static string? Skip => Program is null && Environment.GetEnvironmentVariable("CI") is null or "" ? Missing : null;
}
