namespace Magsag.EndToEnd.Tests;

/// <summary>A user's repository of one row: an app, its tests, and Magsag installed in both as README says.</summary>
internal sealed class MatrixProject : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("magsag-matrix-");
    private readonly MatrixRow _row;
    private readonly MatrixLanguage _language;

    public MatrixProject(MatrixRow row, PackageFeed feed, string model)
    {
        _row = row;
        _language = MatrixLanguage.Of(row.Language);
        WriteRepository(feed);
        Write($"src/Desk/Desk.{ProjectEnding}", Project($"Magsag {feed.Version}", "", model, "", "Triage"));
        Write($"src/Desk/Triage.{_language.Extension}", _language.App);
        string reference = $"""<ItemGroup><ProjectReference Include="../../src/Desk/Desk.{ProjectEnding}" /></ItemGroup>""";
        Write(TestProject, Project($"Magsag {feed.Version}, {row.Framework.Packages}", TestProperties, model, reference, "TriageTests"));
        Write($"tests/Desk.Tests/TriageTests.{_language.Extension}", _language.TestsFor(row.Framework));
    }

    /// <summary>How the gate names the line of the call.</summary>
    public string CallPlace => $"{Path.Combine(_directory.FullName, "src", "Desk", "Triage." + _language.Extension)}({_language.CallLine}): error MAG201: ";

    public string Baseline => Path.Combine(_directory.FullName, "tests", "Desk.Tests", "cost-baseline.json");

    private string ProjectEnding => _language.Extension + "proj";

    private string TestProject => $"tests/Desk.Tests/Desk.Tests.{ProjectEnding}";

    private string TestProperties => "<OutputType>Exe</OutputType><IsPackable>false</IsPackable>" + (_row.Framework.Properties is { } property ? $"<{property}>true</{property}>" : "");

    public Task<CommandResult> TestAsync(string[] arguments, params (string Name, string? Value)[] environment) =>
        DotnetCommand.RunAsync(_directory.FullName, ["test", .. _row.Framework.OnTestingPlatform ? ["--project", TestProject] : new[] { TestProject }, .. arguments], [("DOTNET_ROLL_FORWARD", "Major"), .. environment]);

    public void Dispose() => _directory.Delete(recursive: true);

    private void WriteRepository(PackageFeed feed)
    {
        Write(".git/HEAD", "ref: refs/heads/main\n");
        Write("global.json", _row.Framework.OnTestingPlatform ? """{ "test": { "runner": "Microsoft.Testing.Platform" } }""" : "{}");
        Write("Directory.Build.props", $"""
            <Project>
              <PropertyGroup>
                <TargetFramework>{_row.Target}</TargetFramework>
                <Nullable>enable</Nullable>
                <ImplicitUsings>enable</ImplicitUsings>
                <NuGetAudit>false</NuGetAudit>
                <EnableNETAnalyzers>false</EnableNETAnalyzers>
                <RestoreAdditionalProjectSources>{feed.Path}</RestoreAdditionalProjectSources>
              </PropertyGroup>
            </Project>
            """);
    }

    private string Project(string packages, string properties, string model, string more, string source)
    {
        string[] references = [.. packages.Split(", ").Select(static package => package.Split(' ')).Select(static package => $"""<PackageReference Include="{package[0]}" Version="{package[1]}" />""")];
        return $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>{properties}</PropertyGroup>
              <ItemGroup>
                {string.Join("\n    ", references)}
                <Reference Include="{model}" />
                {(_language.Extension == "fs" ? $"""<Compile Include="{source}.fs" />""" : "")}
              </ItemGroup>
              {more}
            </Project>
            """;
    }

    private void Write(string path, string content)
    {
        string full = Path.Combine(_directory.FullName, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, content);
    }
}
