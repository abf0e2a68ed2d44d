using System.Xml.Linq;

namespace Magsag.EndToEnd.Tests;

/// <summary>The packages in apps with the oldest SDKs that they support, in one that only records, and where they can't work.</summary>
public sealed class FloorTests(PackageFeed feed) : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("magsag-floor-");

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public async Task Apps_with_the_oldest_SDKs_take_the_packages_and_load_little_for_recording()
    {
        // SDKs that ask for different versions of the same packages stand in apps of their own.
        WriteApp("OldestExtensions", "net8.0", "Magsag Magsag.Tokens Magsag.Storage Magsag.AspNetCore", "Microsoft.Extensions.AI 10.5.0, Microsoft.Extensions.AI.OpenAI 10.5.0, OpenAI 2.10.0");
        WriteApp("OldestOpenAI", "net8.0", "Magsag", "OpenAI 2.1.0, Azure.AI.OpenAI 2.1.0, System.ClientModel 1.2.1");
        WriteApp("OldestOllamaAndAnthropic", "net10.0", "Magsag", "OllamaSharp 5.4.6, Anthropic 12.36.0");
        WriteApp("OldestKernel", "net10.0", "Magsag", "Microsoft.SemanticKernel 1.80.0");
        WriteApp("Recording", "net10.0", "Magsag", "Microsoft.Extensions.AI 10.5.0");
        WriteApp("Without", "net10.0", "", "Microsoft.Extensions.AI 10.5.0");
        WriteRuns("Restore", "Publish");

        (await RunAsync()).Succeeded();

        CommandResult recorded = (await DotnetCommand.RunAsync(_directory.FullName, [Path.Combine(Published("Recording"), "Recording.dll")])).Succeeded();
        recorded.Prints("\"usage_source\":\"counted\"").Prints("\"input_tokens\":10").Prints("\"output_tokens\":4");
        FileInfo[] brought = [.. new DirectoryInfo(Published("Recording")).GetFiles("*.dll").Where(file => file.Name != "Recording.dll" && !File.Exists(Path.Combine(Published("Without"), file.Name)))];
        // An app that only records references Magsag.Runtime alone, without the reader of policies.
        FileInfo[] own = [.. brought.Where(static file => file.Name.StartsWith("Magsag", StringComparison.Ordinal) && file.Name != "Magsag.Yaml.dll")];
        Assert.True(own.Sum(static file => file.Length) <= 900_000, Sizes(own));
        Assert.True(brought.Sum(static file => file.Length) <= 1_500_000, Sizes(brought));
    }

    [Fact]
    public async Task NuGet_refuses_the_package_where_it_can_not_work_and_takes_the_analyzers_anywhere()
    {
        string[] tooOld = ["netstandard2.0", "net6.0", "net7.0"];
        foreach (string framework in tooOld)
        {
            WriteLibrary($"Whole-{framework}", framework, "Magsag");
            WriteLibrary($"Analyzers-{framework}", framework, "Magsag.Analyzers");
        }

        WriteRuns("Restore");

        CommandResult result = (await RunAsync()).Failed();
        Assert.All(tooOld, framework => Assert.Matches($@"Whole-{framework}\.csproj : error NU1202: Package Magsag \S+ is not compatible with {framework} ", result.Output));
        result.DoesNotPrint("Analyzers-netstandard2.0.csproj : error").DoesNotPrint("Analyzers-net6.0.csproj : error").DoesNotPrint("Analyzers-net7.0.csproj : error");
    }

    private static string Sizes(IEnumerable<FileInfo> files) => string.Join(", ", files.OrderByDescending(static file => file.Length).Select(static file => $"{file.Name} {file.Length}"));

    private string Published(string app) => Path.Combine(_directory.FullName, "apps", app, "published");

    private Task<CommandResult> RunAsync() => DotnetCommand.RunAsync(_directory.FullName, ["msbuild", "all.proj", "-nologo", "-m:2"]);

    // One run of the build engine for all of them.
    private void WriteRuns(params string[] targets)
    {
        string apps = Path.Combine(_directory.FullName, "apps");
        File.WriteAllText(Path.Combine(_directory.FullName, "Directory.Build.props"), $"""
            <Project>
              <PropertyGroup>
                <ImplicitUsings>enable</ImplicitUsings>
                <UseAppHost>false</UseAppHost>
                <NuGetAudit>false</NuGetAudit>
                <EnableNETAnalyzers>false</EnableNETAnalyzers>
                <NoWarn>$(NoWarn);NU1603;MAG001</NoWarn>
                <RestoreAdditionalProjectSources>{feed.Path}</RestoreAdditionalProjectSources>
              </PropertyGroup>
            </Project>
            """);
        IEnumerable<XElement> calls = targets.Select(static target => new XElement(
            "MSBuild",
            new XAttribute("Projects", "@(App)"),
            new XAttribute("Targets", target),
            new XAttribute("Properties", $"Step={target}"),
            new XAttribute("BuildInParallel", true),
            new XAttribute("ContinueOnError", "ErrorAndContinue")));
        new XDocument(new XElement(
            "Project",
            new XElement("ItemGroup", Directory.GetFiles(apps, "*.csproj", SearchOption.AllDirectories).Select(static path => new XElement("App", new XAttribute("Include", path)))),
            new XElement("Target", new XAttribute("Name", "Run"), calls))).Save(Path.Combine(_directory.FullName, "all.proj"));
    }

    private void WriteApp(string name, string framework, string packages, string sdks)
    {
        string folder = WriteProject(name, $"""
            <TargetFramework>{framework}</TargetFramework><OutputType>Exe</OutputType><PublishDir>published/</PublishDir>
            """, [.. packages.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(package => $"{package} {feed.Version}"), .. sdks.Split(", ")]);
        if (packages.Length == 0)
        {
            File.WriteAllText(Path.Combine(folder, "Program.cs"), "Console.WriteLine();");
            return;
        }

        File.WriteAllText(Path.Combine(folder, "Program.cs"), """
            using Magsag.Runtime;
            using Microsoft.Extensions.AI;

            string runs = Path.Combine(AppContext.BaseDirectory, ".runs");
            await using (var ledger = new CostLedger(runs))
            {
                IChatClient client = new Client().AsBuilder().UseCostTracking(options => options.Ledger = ledger).Build();
                await client.GetResponseAsync("one two three");
            }

            Console.WriteLine(Directory.GetFiles(Path.Combine(runs, "costs")).SelectMany(File.ReadAllLines).Last());

            internal sealed class Client : IChatClient
            {
                public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
                    Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, "four five six seven")) { ModelId = "gpt-4o" });

                public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) => throw new NotSupportedException();

                public object? GetService(Type serviceType, object? serviceKey = null) => null;

                public void Dispose()
                {
                }
            }
            """);
    }

    // What a library for an old framework compiles against isn't needed to see what it can install.
    private void WriteLibrary(string name, string framework, string package) =>
        WriteProject(name, $"<TargetFramework>{framework}</TargetFramework><DisableImplicitFrameworkReferences>true</DisableImplicitFrameworkReferences>", [$"{package} {feed.Version}"]);

    private string WriteProject(string name, string properties, string[] packages)
    {
        string folder = Directory.CreateDirectory(Path.Combine(_directory.FullName, "apps", name)).FullName;
        IEnumerable<string> references = packages.Select(static package => package.Split(' ') is [var id, var version] ? $"""<PackageReference Include="{id}" Version="{version}" />""" : "");
        File.WriteAllText(Path.Combine(folder, $"{name}.csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>{properties}</PropertyGroup>
              <ItemGroup>{string.Concat(references)}</ItemGroup>
            </Project>
            """);
        return folder;
    }
}
