using System.Text;

namespace Magsag.Cli.Setup;

/// <summary>What there is to build and test in a repository, and the commands for it.</summary>
internal sealed class BuildTargets
{
    private static readonly string[] TestMarks = ["Microsoft.NET.Test.Sdk", "IsTestProject", "xunit", "NUnit", "MSTest", "TUnit"];

    private readonly IReadOnlyList<string> _names;
    private readonly bool _onTestingPlatform;

    private BuildTargets(IReadOnlyList<string> names, bool onTestingPlatform) => (_names, _onTestingPlatform) = (names, onTestingPlatform);

    /// <summary>Looks what <c>dotnet build</c> finds by itself at the root; else takes the solutions, else the test projects, else all projects.</summary>
    public static BuildTargets Find(string root)
    {
        bool onTestingPlatform = TestRunner.IsTestingPlatform(root);
        if (FoundByItself(root))
        {
            return new BuildTargets([], onTestingPlatform);
        }

        IReadOnlyList<string> solutions = RepositoryFiles.Solutions(root), projects = RepositoryFiles.Projects(root);
        string[] tests = [.. projects.Where(IsOfTests)];
        IEnumerable<string> chosen = solutions.Count > 0 ? solutions : tests.Length > 0 ? tests : projects;
        return new BuildTargets([.. chosen.Select(path => RepositoryFiles.Name(root, path)).Where(IsNameable)], onTestingPlatform);
    }

    /// <summary>True when <c>dotnet build</c> without an argument finds one solution or project in a folder.</summary>
    public static bool FoundByItself(string folder)
    {
        string[] files = [.. Directory.EnumerateFiles(folder).Where(static file => Path.GetExtension(file) is ".sln" or ".slnx" || Path.GetExtension(file).EndsWith("proj", StringComparison.Ordinal))];
        string[] solutions = [.. files.Where(static file => Path.GetExtension(file) is ".sln" or ".slnx")];

        // A solution and a project of the same name are taken for one.
        return files.Length == 1 || (files.Length == 2 && solutions.Length == 1 && files.Select(Path.GetFileNameWithoutExtension).Distinct().Count() == 1);
    }

    /// <summary>The lines of a script that builds them.</summary>
    public string BuildScript => Lines(static name => $"dotnet build {name}", "dotnet build");

    /// <summary>The lines of a script that tests them all, whichever fails.</summary>
    public string TestScript => _names.Count < 2
        ? Lines(Test, "dotnet test --no-build")
        : $"code=0\n{Lines(name => Test(name) + " || code=$?", "")}\nexit \"$code\"";

    private string Test(string name) => _onTestingPlatform
        ? $"dotnet test --no-build {(name.TrimEnd('\'').EndsWith("proj", StringComparison.Ordinal) ? "--project" : "--solution")} {name}"
        : $"dotnet test --no-build {name}";

    private string Lines(Func<string, string> command, string alone)
    {
        var text = new StringBuilder(_names.Count == 0 ? alone : "");
        text.AppendJoin('\n', _names.Select(static name => $"'{name.Replace("'", "'\\''", StringComparison.Ordinal)}'").Select(command));
        return text.ToString();
    }

    private static bool IsOfTests(string project) => RepositoryFiles.ReadTextOrEmpty(project) is var text && TestMarks.Any(mark => text.Contains(mark, StringComparison.OrdinalIgnoreCase));

    // An expression of GitHub's or a line's end in a name would become part of the script.
    private static bool IsNameable(string name) => !name.Contains("${{", StringComparison.Ordinal) && !name.Any(char.IsControl);
}
