using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using Magsag.Gating.Assemblies;

namespace Magsag.Gating.Tests;

/// <summary>Code that uses an SDK, and nothing that records: told from the assemblies under test alone.</summary>
public sealed class UnrecordedSdkTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData("Microsoft.Extensions.AI.Abstractions:IChatClient", "Microsoft.Extensions.AI", ".AsBuilder().UseCostTracking().Build()")]
    [InlineData("OpenAI:ChatClient", "OpenAI", "new OpenAIClientOptions().AddCostTracking()")]
    [InlineData("Anthropic:AnthropicClient", "Anthropic", "Handlers = [new CostTrackingHandler()]")]
    [InlineData("Microsoft.SemanticKernel.Core:Kernel", "Microsoft.SemanticKernel", "httpClient: new HttpClient(new CostTrackingHandler())")]
    [InlineData("OllamaSharp:OllamaApiClient Magsag.Runtime:CostScope", "OllamaSharp", "new HttpClient(new CostTrackingHandler())")]
    public void An_SDK_without_a_recorder_is_found_with_the_line_to_add(string used, string sdk, string line)
    {
        UnrecordedSdk? found = UnrecordedSdk.Find([Write("Desk", used), Write("Desk.Tests", "xunit.v3.core:FactAttribute")]);

        Assert.Equal(("Desk", sdk, line), (found?.Assembly, found?.Sdk.Name, found?.Sdk.Line));
    }

    [Theory]
    [InlineData("Microsoft.Extensions.AI.Abstractions:AIFunction")]
    [InlineData("System.Net.Http:HttpClient")]
    [InlineData("OpenAI:ChatClient Magsag.Runtime:ClientPipelineExtensions")]
    [InlineData("Anthropic:AnthropicClient Magsag.Runtime:CostTrackingHandler")]
    [InlineData("Microsoft.Extensions.AI.Abstractions:IChatClient Magsag.AspNetCore:Anything")]
    public void Code_without_an_SDK_and_code_that_records_are_left_alone(string used) =>
        Assert.Null(UnrecordedSdk.Find([Write("Desk", used)]));

    [Fact]
    public void One_assembly_that_records_is_enough_for_all() =>
        Assert.Null(UnrecordedSdk.Find([Write("Desk", "OpenAI:ChatClient"), Write("Desk.Tests", "Magsag.Runtime:CostTrackingBuilderExtensions")]));

    [Fact]
    public void What_is_no_assembly_is_passed_over()
    {
        File.WriteAllText(_directory.File("Text.dll"), "text");

        Assert.Null(UnrecordedSdk.Find([_directory.File("Text.dll"), _directory.File("Missing.dll")]));
    }

    [Theory]
    [InlineData("warning", "warnings", "Magsag: 0 calls, no baseline: nothing was judged: passed with warnings (MAG218)")]
    [InlineData("error", "failed", "Magsag: 0 calls, no baseline: nothing was judged: failed (MAG218)")]
    [InlineData("none", "passed", "Magsag: 0 calls, no baseline: nothing to judge (MAG204)")]
    public void Tests_that_record_nothing_are_told_of_it_as_loudly_as_the_project_says(string weight, string status, string headline)
    {
        Verdict verdict = ProjectGate.Run(new ProjectGateRequest
        {
            RunsDirectory = _directory.File(".runs"),
            Assembly = "Desk.Tests",
            Modules = new Dictionary<string, Guid>(),
            AssemblyPaths = [Write("Desk", "OpenAI:ChatClient")],
            TestsStarted = DateTimeOffset.UnixEpoch,
            BaselinePath = _directory.File("cost-baseline.json"),
            Settings = GateSettingsReader.Read("Desk.Tests.csproj", null, null, null, weight),
        });

        Assert.Equal((status, headline), (verdict.Status, verdict.Headline));
        Assert.Equal(weight != "none", verdict.Findings.Any(static finding => finding.Code == "MAG218" && finding.Text.Contains("new OpenAIClientOptions().AddCostTracking()", StringComparison.Ordinal) && finding.Text.Contains("MagsagMissingRecording", StringComparison.Ordinal)));
    }

    // An assembly that refers to types of others, "Assembly:Type", as a compiler writes it.
    private string Write(string name, string used)
    {
        var metadata = new MetadataBuilder();
        metadata.AddModule(0, metadata.GetOrAddString(name + ".dll"), metadata.GetOrAddGuid(Guid.NewGuid()), default, default);
        metadata.AddAssembly(metadata.GetOrAddString(name), new Version(1, 0, 0, 0), default, default, default, AssemblyHashAlgorithm.None);
        metadata.AddTypeDefinition(default, default, metadata.GetOrAddString("<Module>"), default, MetadataTokens.FieldDefinitionHandle(1), MetadataTokens.MethodDefinitionHandle(1));
        foreach (string[] type in used.Split(' ').Select(static type => type.Split(':')))
        {
            AssemblyReferenceHandle assembly = metadata.AddAssemblyReference(metadata.GetOrAddString(type[0]), new Version(1, 0, 0, 0), default, default, default, default);
            metadata.AddTypeReference(assembly, metadata.GetOrAddString(type[0]), metadata.GetOrAddString(type[1]));
        }

        var content = new BlobBuilder();
        new ManagedPEBuilder(PEHeaderBuilder.CreateLibraryHeader(), new MetadataRootBuilder(metadata), new BlobBuilder()).Serialize(content);
        string path = _directory.File(name + ".dll");
        File.WriteAllBytes(path, content.ToArray());
        return path;
    }
}
