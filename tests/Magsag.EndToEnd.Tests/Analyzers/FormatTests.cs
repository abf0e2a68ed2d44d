namespace Magsag.EndToEnd.Tests;

public sealed class FormatTests(PackageFeed feed)
{
    private static readonly string[] Rules = ["MAG001", "MAG002", "MAG003", "MAG004", "MAG005", "MAG006", "MAG007", "MAG008", "MAG009", "MAG010", "MAG011", "MAG012", "MAG020"];

    [Fact]
    public async Task The_bad_samples_formatted_compile_and_satisfy_the_analyzers()
    {
        DirectoryInfo directory = Directory.CreateTempSubdirectory("magsag-format-");
        try
        {
            WriteProject(directory.FullName);
            CommandResult bad = await DotnetCommand.RunAsync(directory.FullName, ["build"]);
            // Which words of a long prompt matter is for people to say: MAG008 has no fix, and stays information in the samples.
            Assert.All(Rules.Where(rule => rule != "MAG008"), rule => bad.Prints($"warning {rule}"));

            (await DotnetCommand.RunAsync(directory.FullName, ["format", "analyzers", "--no-restore", "--diagnostics", .. Rules])).Succeeded();

            CommandResult mended = await DotnetCommand.RunAsync(directory.FullName, ["build", "--no-incremental"]);
            mended.Succeeded();
            mended.DoesNotPrint("warning ");
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    private void WriteProject(string directory)
    {
        File.WriteAllText(Path.Combine(directory, "Squiggles.csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <Nullable>enable</Nullable>
                <ImplicitUsings>enable</ImplicitUsings>
                <NuGetAudit>false</NuGetAudit>
                <NoWarn>$(NoWarn);OPENAI001;MEAI001</NoWarn>
                <RestoreAdditionalProjectSources>{feed.Path}</RestoreAdditionalProjectSources>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="Magsag.Analyzers" Version="{feed.Version}" />
                <PackageReference Include="Magsag.Runtime" Version="{feed.Version}" />
                <PackageReference Include="Microsoft.Extensions.AI" Version="10.11.0" />
                <PackageReference Include="Microsoft.Extensions.AI.OpenAI" Version="10.11.0" />
                <PackageReference Include="OpenAI" Version="2.14.0" />
              </ItemGroup>
            </Project>
            """);
        File.Copy(Path.Combine(Repository.Root, "samples", "Squiggles", ".editorconfig"), Path.Combine(directory, ".editorconfig"));
        foreach (string sample in Directory.GetFiles(Path.Combine(Repository.Root, "samples", "Squiggles", "Bad"), "*.cs"))
        {
            File.Copy(sample, Path.Combine(directory, Path.GetFileName(sample)));
        }
    }
}
