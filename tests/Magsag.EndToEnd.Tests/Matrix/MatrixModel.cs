namespace Magsag.EndToEnd.Tests;

/// <summary>The assembly with the model that all rows call, built once.</summary>
public sealed class MatrixModel : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("magsag-model-");
    private Task<string>? _built;

    public void Dispose() => _directory.Delete(recursive: true);

    internal Task<string> PathAsync(PackageFeed feed) => _built ??= BuildAsync(feed);

    private async Task<string> BuildAsync(PackageFeed feed)
    {
        await File.WriteAllTextAsync(Path.Combine(_directory.FullName, "ModelClient.cs"), MatrixLanguage.Model);
        await File.WriteAllTextAsync(Path.Combine(_directory.FullName, "Model.csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>net8.0</TargetFramework>
                <Nullable>enable</Nullable>
                <ImplicitUsings>enable</ImplicitUsings>
                <NuGetAudit>false</NuGetAudit>
                <RestoreAdditionalProjectSources>{feed.Path}</RestoreAdditionalProjectSources>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="Magsag.Runtime" Version="{feed.Version}" />
              </ItemGroup>
            </Project>
            """);
        (await DotnetCommand.RunAsync(_directory.FullName, ["build", "-o", "out"])).Succeeded();
        return Path.Combine(_directory.FullName, "out", "Model.dll");
    }
}
