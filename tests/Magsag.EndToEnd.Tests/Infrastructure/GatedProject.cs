namespace Magsag.EndToEnd.Tests;

/// <summary>A user's repository in a directory of its own: an app that calls a model, and tests of it with the packed Magsag installed.</summary>
internal sealed class GatedProject : IDisposable
{
    /// <summary>The line of <c>src/Desk/Triage.cs</c> that makes the call.</summary>
    public const int CallLine = 14;

    private readonly DirectoryInfo _parent = Directory.CreateTempSubdirectory("magsag-e2e-");

    private GatedProject(string directoryName) => Root = Path.Combine(_parent.FullName, directoryName);

    /// <summary>What happens instead of its end when a test disposes it.</summary>
    public Action<GatedProject>? GiveBack { private get; set; }

    public string Root { get; }

    public string TestProject => Path.Combine(Root, "tests", "Desk.Tests");

    public string Baseline => Path.Combine(TestProject, "cost-baseline.json");

    private string Ledgers => Path.Combine(TestProject, ".runs", "costs");

    /// <summary>The ledger file of the last test run.</summary>
    public string LastLedger => Directory.GetFiles(Ledgers, "*.jsonl").MaxBy(File.GetLastWriteTimeUtc)!;

    public string Triage => Path.Combine(Root, "src", "Desk", "Triage.cs");

    private string Kept => Path.Combine(_parent.FullName, "kept");

    /// <summary>Makes the repository anew from its sources.</summary>
    public static GatedProject Create(PackageFeed feed)
    {
        var project = new GatedProject("desk");
        project.WriteSources(feed);
        return project;
    }

    /// <summary>Makes the repository anew, its tests on Microsoft.Testing.Platform as xunit.v3's own template has them: no Microsoft.NET.Test.Sdk and no IsTestProject.</summary>
    public static GatedProject CreateOnTestingPlatform(PackageFeed feed, bool withExtension = true)
    {
        const string TestProject = "tests/Desk.Tests/Desk.Tests.csproj";
        GatedProject project = Create(feed);
        project.Write("global.json", "{ \"test\": { \"runner\": \"Microsoft.Testing.Platform\" } }");
        project.Edit(TestProject, "<IsTestProject>true</IsTestProject>", "<UseMicrosoftTestingPlatformRunner>true</UseMicrosoftTestingPlatformRunner>");
        project.Edit(TestProject, "xunit.v3.mtp-off", "xunit.v3");
        project.Edit(TestProject, """<PackageReference Include="xunit.runner.visualstudio" Version="4.0.1" />""", "");
        project.Edit(
            TestProject,
            """<PackageReference Include="Microsoft.NET.Test.Sdk" Version="18.11.0" />""",
            withExtension ? $"""<PackageReference Include="Magsag.TestingPlatform" Version="{feed.Version}" />""" : "");
        return project;
    }

    /// <summary>Copies the repository with all that was built and recorded in it.</summary>
    public GatedProject Copy(string directoryName)
    {
        var copy = new GatedProject(directoryName);
        Folder.Copy(Root, copy.Root);
        return copy;
    }

    /// <summary>Remembers all files as they are now.</summary>
    public void Keep() => Folder.Copy(Root, Kept);

    /// <summary>Brings all files back to what was kept, with their times: what was built then is up to date again.</summary>
    public void Undo()
    {
        Directory.Delete(Root, recursive: true);
        Folder.Copy(Kept, Root);
    }

    /// <summary>Runs <c>dotnet test</c> on the test project.</summary>
    public Task<CommandResult> TestAsync(string[]? arguments = null, params (string Name, string? Value)[] environment) =>
        DotnetCommand.RunAsync(Root, ["test", TestProject, .. arguments ?? []], environment);

    /// <summary>Runs <c>dotnet test</c> on the test project in the mode of Microsoft.Testing.Platform.</summary>
    public Task<CommandResult> RunSessionAsync(string[] arguments, params (string Name, string? Value)[] environment) =>
        DotnetCommand.RunAsync(Root, ["test", "--project", TestProject, .. arguments], environment);

    /// <summary>Runs <c>dotnet build</c> on the test project.</summary>
    public Task<CommandResult> BuildAsync(string[]? arguments = null, params (string Name, string? Value)[] environment) =>
        DotnetCommand.RunAsync(Root, ["build", TestProject, .. arguments ?? []], environment);

    public void Write(string path, string content)
    {
        string full = Path.Combine(Root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, content);
    }

    public void Edit(string path, string from, string to)
    {
        string full = Path.Combine(Root, path);
        string content = File.ReadAllText(full);
        Assert.Contains(from, content, StringComparison.Ordinal);
        File.WriteAllText(full, content.Replace(from, to, StringComparison.Ordinal));
    }

    /// <summary>Deletes the repository.</summary>
    public void Delete() => _parent.Delete(recursive: true);

    public void Dispose() => (GiveBack ?? (static project => project.Delete()))(this);

    private void WriteSources(PackageFeed feed)
    {
        Write(".git/HEAD", "ref: refs/heads/main\n");
        Write(".git/config", "[core]\n\trepositoryformatversion = 0\n");
        Directory.CreateDirectory(Path.Combine(Root, ".git", "objects"));
        Directory.CreateDirectory(Path.Combine(Root, ".git", "refs"));
        Write("Directory.Build.props", $"""
            <Project>
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <Nullable>enable</Nullable>
                <ImplicitUsings>enable</ImplicitUsings>
                <UseAppHost>false</UseAppHost>
                <NuGetAudit>false</NuGetAudit>
                <EnableNETAnalyzers>false</EnableNETAnalyzers>
                <RestoreAdditionalProjectSources>{feed.Path}</RestoreAdditionalProjectSources>
              </PropertyGroup>
            </Project>
            """);
        Write("src/Desk/Desk.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <ItemGroup>
                <PackageReference Include="Magsag" Version="{feed.Version}" />
                <PackageReference Include="Microsoft.Extensions.AI.OpenAI" Version="10.11.0" />
                <PackageReference Include="OpenAI" Version="2.14.0" />
              </ItemGroup>
            </Project>
            """);
        Write("src/Desk/Triage.cs", """
            using Microsoft.Extensions.AI;

            namespace Desk;

            public sealed class Triage(IChatClient client)
            {
                private readonly IChatClient _client = client.AsBuilder().UseCostTracking().Build();

                public async Task<string> ClassifyAsync(string ticket)
                {
                    await Task.Yield();
                    string prompt = "Classify this ticket: " + ticket;
                    var options = new ChatOptions { MaxOutputTokens = 20 };
                    ChatResponse response = await _client.GetResponseAsync(prompt, options);
                    return response.Text;
                }
            }
            """);
        Write("tests/Desk.Tests/Desk.Tests.csproj", """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <IsTestProject>true</IsTestProject>
              </PropertyGroup>
              <ItemGroup>
                <FrameworkReference Include="Microsoft.AspNetCore.App" />
                <ProjectReference Include="../../src/Desk/Desk.csproj" />
                <PackageReference Include="Microsoft.NET.Test.Sdk" Version="18.11.0" />
                <PackageReference Include="xunit.v3.mtp-off" Version="4.0.2" />
                <PackageReference Include="xunit.runner.visualstudio" Version="4.0.1" />
              </ItemGroup>
            </Project>
            """);
        Write("tests/Desk.Tests/Provider.cs", """
            using System.Text.Json.Nodes;
            using Microsoft.AspNetCore.Builder;
            using Microsoft.AspNetCore.Hosting.Server;
            using Microsoft.AspNetCore.Hosting.Server.Features;
            using Microsoft.AspNetCore.Http;
            using Microsoft.Extensions.DependencyInjection;
            using Microsoft.Extensions.Logging;

            namespace Desk.Tests;

            // A provider on loopback that speaks the chat-completions format.
            public sealed class Provider : IAsyncDisposable
            {
                private readonly WebApplication _app;

                private Provider(WebApplication app) => _app = app;

                public Uri Address => new(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First() + "/v1");

                public static async Task<Provider> StartAsync()
                {
                    WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
                    builder.Logging.ClearProviders();
                    WebApplication app = builder.Build();
                    app.Urls.Add("http://127.0.0.1:0");
                    app.MapPost("/v1/chat/completions", async (HttpRequest request) =>
                    {
                        JsonNode body = (await JsonNode.ParseAsync(request.Body))!;
                        return Results.Json(new
                        {
                            id = "chatcmpl-1",
                            @object = "chat.completion",
                            created = 1,
                            model = body["model"]!.GetValue<string>(),
                            choices = new[] { new { index = 0, message = new { role = "assistant", content = "billing" }, finish_reason = "stop" } },
                            usage = new { prompt_tokens = 1000, completion_tokens = 5, total_tokens = 1005 },
                        });
                    });
                    await app.StartAsync();
                    return new Provider(app);
                }

                public async ValueTask DisposeAsync() => await _app.DisposeAsync();
            }
            """);
        Write("tests/Desk.Tests/TriageTests.cs", """
            using System.ClientModel;
            using Microsoft.Extensions.AI;
            using OpenAI;
            using Xunit;

            namespace Desk.Tests;

            public class TriageTests
            {
                private static readonly string Model = Environment.GetEnvironmentVariable("DESK_MODEL") ?? "gpt-4o-mini";

                [Fact]
                public async Task A_bill_goes_to_billing() => Assert.Equal("billing", await ClassifyAsync("My bill is wrong."));

                [Fact]
                public async Task An_invoice_goes_to_billing() => Assert.Equal("billing", await ClassifyAsync("The invoice is missing."));

                [Fact]
                public void Fails_on_demand() => Assert.Null(Environment.GetEnvironmentVariable("DESK_FAIL"));

                private static async Task<string> ClassifyAsync(string ticket)
                {
                    if (Environment.GetEnvironmentVariable("DESK_SILENT") is not null)
                    {
                        return "billing";
                    }

                    await using Provider provider = await Provider.StartAsync();
                    var client = new OpenAIClient(new ApiKeyCredential("none"), new OpenAIClientOptions { Endpoint = provider.Address });
                    return await new Triage(client.GetChatClient(Model).AsIChatClient()).ClassifyAsync(ticket);
                }
            }
            """);
    }
}
