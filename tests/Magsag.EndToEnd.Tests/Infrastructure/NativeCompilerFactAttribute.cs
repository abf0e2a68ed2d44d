using System.Runtime.InteropServices;

namespace Magsag.EndToEnd.Tests;

/// <summary>A test that compiles to machine code: skipped, and said so, where that takes what the machine doesn't have.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NativeCompilerFactAttribute : FactAttribute
{
    public NativeCompilerFactAttribute() => Skip = IsPossible ? null : "Native AOT is tested on Linux on x64 with gcc or clang.";

    private static bool IsPossible => OperatingSystem.IsLinux() && RuntimeInformation.OSArchitecture == Architecture.X64 && (IsInstalled("clang") || IsInstalled("gcc"));

    private static bool IsInstalled(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, program)));
}
