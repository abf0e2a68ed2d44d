namespace Magsag.EndToEnd.Tests;

/// <summary>The compiler that all builds of these tests share: one of their own, since a compiler keeps the analyzers that it has loaded, and which ends with them.</summary>
internal static class CompilerServer
{
    /// <summary>What the builds call it.</summary>
    public static string Id { get; } = $"magsag-e2e-{Guid.NewGuid():N}";

    public static async Task StopAsync(string directory)
    {
        string project = Path.Combine(directory, "where.proj");
        await File.WriteAllTextAsync(project, """<Project Sdk="Microsoft.NET.Sdk" />""");
        CommandResult found = (await DotnetCommand.RunAsync(directory, ["msbuild", project, "-getProperty:RoslynTargetsPath"])).Succeeded();
        await DotnetCommand.RunAsync(directory, [Path.Combine(found.Output.Trim(), "bincore", "VBCSCompiler.dll"), "-shutdown", $"-pipename:{Id}"]);
    }
}
