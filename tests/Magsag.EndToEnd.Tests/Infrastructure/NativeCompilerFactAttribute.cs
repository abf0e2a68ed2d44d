using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Magsag.EndToEnd.Tests;

/// <summary>A test that compiles to machine code: skipped, and said so, on a developer's machine that can't; failed in CI.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NativeCompilerFactAttribute : FactAttribute
{
    public NativeCompilerFactAttribute([CallerFilePath] string? file = null, [CallerLineNumber] int line = -1)
        : base(file, line) => Skip = IsPossible || IsRequired ? null : "Native AOT is tested on Linux on x64, with gcc or clang and zlib's header: 'apt-get install -y gcc libc6-dev zlib1g-dev'.";

    private static bool IsPossible => OperatingSystem.IsLinux() && RuntimeInformation.OSArchitecture == Architecture.X64 && (IsInstalled("clang") || IsInstalled("gcc")) && File.Exists("/usr/include/zlib.h");

    private static bool IsRequired => OperatingSystem.IsLinux() && Environment.GetEnvironmentVariable("CI") is { Length: > 0 };

    private static bool IsInstalled(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, program)));
}
