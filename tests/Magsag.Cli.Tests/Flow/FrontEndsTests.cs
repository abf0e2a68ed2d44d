using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Magsag.Build.Tasks;
using Magsag.Build.Tasks.Tests;
using Magsag.Runtime;
using Magsag.TestingPlatform;
using Microsoft.Build.Utilities;
using Task = System.Threading.Tasks.Task;

namespace Magsag.Cli.Tests.Flow;

/// <summary>The same costs through the task of the build, the extension of the testing platform and the tool: one verdict.</summary>
public sealed class FrontEndsTests
{
    private const string Framework = "net10.0";
    private static readonly DateTimeOffset Start = new(2026, 11, 23, 18, 0, 0, TimeSpan.Zero);
    private static readonly string TestAssembly = typeof(FrontEndsTests).Assembly.GetName().Name!;

    [Theory]
    [InlineData("the same costs", "A:gpt-4o-mini", "A:gpt-4o-mini", "", "passed 1 0.00021 0.00021")]
    [InlineData("a dearer model", "A:gpt-4o-mini", "A:gpt-4o", "", "failed 1 0.0035 0.00021 MAG200:error MAG201:error")]
    [InlineData("more calls", "A:gpt-4o-mini", "A:gpt-4o-mini A:gpt-4o-mini", "", "failed 2 0.00042 0.00021 MAG200:error MAG201:error")]
    [InlineData("no baseline", "", "A:gpt-4o-mini", "", "warnings 1 0.00021 - MAG203:warning")]
    [InlineData("nothing recorded", "A:gpt-4o-mini", "", "", "failed 0 0 0.00021 MAG204:error")]
    [InlineData("one of two tests recorded nothing", "A:gpt-4o-mini B:gpt-4o-mini", "A:gpt-4o-mini", "", "passed 1 0.00021 0.00042 MAG204:message")]
    [InlineData("a baseline that kept both sides of a merge", "A:gpt-4o-mini twice", "A:gpt-4o-mini", "", "failed - - - MAG205:error")]
    [InlineData("a model without a price", "A:gpt-4o-mini", "A:gpt-99", "", "failed 1 0 0.00021 MAG208:error")]
    [InlineData("a limit that is exceeded", "A:gpt-4o-mini", "A:gpt-4o-mini", "policies: [{ name: total_budget_limits, limits: { max_cost_per_day_usd: 0.0001 } }]", "failed 1 0.00021 0.00021 MAG202:error")]
    [InlineData("a model that is forbidden", "A:gpt-4o-mini", "A:gpt-4o-mini", "policies: [{ name: model_rules, forbidden: [gpt-4o-mini] }]", "failed 1 0.00021 0.00021 MAG202:error")]
    [InlineData("a policy that limits nothing", "A:gpt-4o-mini", "A:gpt-4o-mini", "policies: []", "passed 1 0.00021 0.00021 MAG210:message")]
    [InlineData("a policy that can't be read", "A:gpt-4o-mini", "A:gpt-4o-mini", "policies: 7", "failed - - - MAG205:error")]
    public async Task Every_way_into_the_gate_comes_to_the_same_verdict(string scenario, string accepted, string recorded, string policy, string verdict)
    {
        using var workspace = new Workspace();
        WriteBaseline(workspace, accepted);
        Record(workspace, recorded);
        if (policy.Length > 0)
        {
            workspace.Write("policy.yaml", policy + "\n");
        }

        string[] verdicts = [OfTask(workspace, policy.Length > 0), OfExtension(workspace, policy.Length > 0), await OfToolAsync(workspace, policy.Length > 0)];

        Assert.Equal((scenario, string.Join('\n', Enumerable.Repeat(verdict, 3))), (scenario, string.Join('\n', verdicts)));
    }

    private static string OfTask(Workspace workspace, bool hasPolicy)
    {
        var engine = new RecordingBuildEngine();
        var task = new CheckCosts
        {
            BuildEngine = engine,
            ProjectFile = workspace.PathOf("Desk.Tests.csproj"),
            RunsDirectory = workspace.PathOf(".runs"),
            SourceRoot = workspace.Directory,
            AssemblyName = TestAssembly,
            Framework = Framework,
            Assemblies = [new TaskItem(typeof(FrontEndsTests).Assembly.Location)],
            BaselineFile = workspace.PathOf("cost-baseline.json"),
            PolicyFile = hasPolicy ? workspace.PathOf("policy.yaml") : "",
            TestsStarted = Start.UtcTicks.ToString(CultureInfo.InvariantCulture),
            VerdictFile = workspace.PathOf("verdict"),
        };
        bool passed = task.Execute();
        string verdict = ShortOf(workspace.Read("verdict.json"));
        Assert.Equal((passed, passed), (!verdict.StartsWith("failed", StringComparison.Ordinal), engine.Errors.Count == 0));
        return verdict;
    }

    private static string OfExtension(Workspace workspace, bool hasPolicy)
    {
        var told = new Dictionary<string, string>
        {
            ["Magsag.TestAssembly"] = TestAssembly,
            ["Magsag.TargetFramework"] = Framework,
            ["Magsag.RunsDirectory"] = workspace.PathOf(".runs"),
            ["Magsag.SourceRoot"] = workspace.Directory,
            ["Magsag.Assemblies"] = TestAssembly,
            ["Magsag.Gate.ProjectFile"] = workspace.PathOf("Desk.Tests.csproj"),
            ["Magsag.Gate.BaselineFile"] = workspace.PathOf("cost-baseline.json"),
            ["Magsag.Gate.PolicyFile"] = hasPolicy ? workspace.PathOf("policy.yaml") : "",
        };
        RecordingHost host = RecordingHost.FromAppContext(told.GetValueOrDefault, AppContext.BaseDirectory);
        Verdict verdict = GatedHost.FromAppContext(host, told.GetValueOrDefault)!.Judge(Start, partial: false, testsThatRan: null, update: false);
        VerdictFile.WriteJson(workspace.PathOf("extension.json"), verdict);
        return ShortOf(workspace.Read("extension.json"));
    }

    private static async Task<string> OfToolAsync(Workspace workspace, bool hasPolicy)
    {
        string[] policy = hasPolicy ? ["--policy", "policy.yaml"] : [];
        ToolResult result = await workspace.RunAsync(["flow", "gate", ".runs", "--baseline", "cost-baseline.json", "--format", "json", .. policy]);
        string verdict = ShortOf(result.Output);
        int expected = verdict switch
        {
            _ when verdict.Contains("MAG205", StringComparison.Ordinal) => 3,
            _ when verdict.StartsWith("failed", StringComparison.Ordinal) => 1,
            _ => 0,
        };
        Assert.Equal(expected, result.ExitCode);
        return verdict;
    }

    private static string ShortOf(string json)
    {
        using JsonDocument verdict = JsonDocument.Parse(json);
        IEnumerable<string> findings = verdict.RootElement.GetProperty("findings").EnumerateArray().Select(static finding => $"{finding.GetProperty("code")}:{finding.GetProperty("severity")}");
        return string.Join(' ', [TextOf("status"), TextOf("calls"), TextOf("cost_usd"), TextOf("baseline_usd"), .. findings]);

        string TextOf(string name) => verdict.RootElement.TryGetProperty(name, out JsonElement value) ? value.ToString() : "-";
    }

    private static void WriteBaseline(Workspace workspace, string accepted)
    {
        if (accepted.Length == 0)
        {
            return;
        }

        var builder = new SummaryBuilder();
        foreach (LedgerRecord record in CallsOf(accepted.Replace(" twice", "", StringComparison.Ordinal)))
        {
            builder.Add(record);
        }

        BaselineFile.Write(workspace.PathOf("cost-baseline.json"), CostBaseline.From(builder.ToSummary()));
        if (accepted.EndsWith(" twice", StringComparison.Ordinal))
        {
            string[] lines = File.ReadAllLines(workspace.PathOf("cost-baseline.json"));
            File.WriteAllLines(workspace.PathOf("cost-baseline.json"), [.. lines[..3], lines[3] + ",", .. lines[3..]]);
        }
    }

    private static void Record(Workspace workspace, string recorded)
    {
        var buffer = new ArrayBufferWriter<byte>();
        var writer = new LedgerLineWriter(buffer);
        writer.Write(new LedgerSession { Id = Guid.NewGuid(), Timestamp = Start.AddSeconds(1), Assembly = TestAssembly, Framework = Framework, Modules = new Dictionary<string, Guid> { [TestAssembly] = typeof(FrontEndsTests).Module.ModuleVersionId } });
        foreach (LedgerRecord record in CallsOf(recorded))
        {
            writer.Write(record);
        }

        Directory.CreateDirectory(workspace.PathOf(".runs/costs"));
        File.WriteAllBytes(workspace.PathOf(".runs/costs/one.jsonl"), buffer.WrittenSpan.ToArray());
    }

    private static IEnumerable<LedgerRecord> CallsOf(string calls) => calls.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(static call => call.Split(':')).Select(static call => new LedgerRecord
    {
        Id = Guid.NewGuid(),
        Timestamp = Start.AddSeconds(2),
        RunId = "run-1",
        Test = "Tests." + call[0],
        Model = call[1],
        Site = "src/Triage.cs:7",
        Member = "Triage.RunAsync",
        InputTokens = 1000,
        OutputTokens = 100,
        UsageSource = UsageSource.Reported,
        CostUsd = call[1] == "gpt-99" ? null : call[1] == "gpt-4o" ? 0.0035m : 0.00021m,
    });
}
