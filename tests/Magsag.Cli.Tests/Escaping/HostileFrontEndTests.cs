using System.Buffers;
using AngleSharp.Dom;
using Magsag.Build.Tasks;
using Magsag.Build.Tasks.Tests;
using Magsag.Runtime;
using Magsag.TestingPlatform;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace Magsag.Cli.Tests.Escaping;

/// <summary>Hostile names through the build's task and the test platform's extension: each finding stays one line, and says as much as with plain names.</summary>
public sealed class HostileFrontEndTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 23, 8, 0, 0, TimeSpan.Zero);
    private static readonly string TestAssembly = typeof(HostileFrontEndTests).Assembly.GetName().Name!;

    [Fact]
    public void The_builds_log_has_a_line_for_each_finding_and_none_of_a_names_making()
    {
        (string[] plain, string plainFiles) = OfTask(HostileCorpus.Plain);
        (string[] hostile, string hostileFiles) = OfTask(HostileCorpus.Names);

        Assert.Equal(plain.Length, hostile.Length);
        Assert.All(hostile, AssertSafe);
        Assert.Equal(Readers.Structure(Readers.Markdown(plainFiles)), Readers.Structure(Readers.Markdown(hostileFiles)));
    }

    [Fact]
    public void What_the_extension_says_has_a_line_for_each_finding_and_none_of_a_names_making()
    {
        string[] plain = OfExtension(HostileCorpus.Plain).Split('\n');
        string[] hostile = OfExtension(HostileCorpus.Names).Split('\n');

        Assert.Equal(plain.Length, hostile.Length);
        Assert.All(hostile, AssertSafe);
    }

    [Fact]
    public void A_hostile_path_of_a_file_that_cannot_be_read_stays_in_its_place()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        foreach (string name in HostileCorpus.Names.Where(static name => name.IndexOfAny(['/', '\0']) < 0 && System.Text.Encoding.UTF8.GetByteCount(name) < 240))
        {
            using var workspace = new Workspace();
            Record(workspace, HostileCorpus.Plain);
            string policy = workspace.PathOf(name + ".yaml");
            File.WriteAllText(policy, "policies: 7\n");

            (string[] lines, _) = OfTask(workspace, policy);

            Assert.All(lines, AssertSafe);
            Assert.All(HostOf(workspace, policy).Describe(JudgeOf(workspace, policy)).Split('\n'), AssertSafe);
            Assert.Equal(2, lines.Length);
        }
    }

    private static (string[] Lines, string Markdown) OfTask(IReadOnlyList<string> names)
    {
        using var workspace = new Workspace();
        Record(workspace, names);
        return OfTask(workspace, policy: null);
    }

    private static (string[] Lines, string Markdown) OfTask(Workspace workspace, string? policy)
    {
        var engine = new RecordingBuildEngine();
        var task = new CheckCosts
        {
            BuildEngine = engine,
            ProjectFile = workspace.PathOf("Desk.Tests.csproj"),
            RunsDirectory = workspace.PathOf(".runs"),
            SourceRoot = workspace.Directory,
            AssemblyName = TestAssembly,
            Framework = "net10.0",
            Assemblies = [new TaskItem(typeof(HostileFrontEndTests).Assembly.Location)],
            BaselineFile = workspace.PathOf("cost-baseline.json"),
            PolicyFile = policy ?? "",
            TestsStarted = Start.UtcTicks.ToString(System.Globalization.CultureInfo.InvariantCulture),
            VerdictFile = workspace.PathOf("verdict"),
            StampFile = workspace.PathOf("stamp"),
        };
        task.Execute();
        string[] lines =
        [
            .. engine.Errors.Select(static error => $"{error.File}({error.LineNumber}): error {error.Code}: {error.Message}"),
            .. engine.Warnings.Select(static warning => $"{warning.File}({warning.LineNumber}): warning {warning.Code}: {warning.Message}"),
            .. engine.Messages.Where(static message => message.Importance == MessageImportance.High).Select(static message => $"{message.File}({message.LineNumber}): {message.Message}"),
        ];
        return (lines, workspace.Read("verdict.md"));
    }

    private static string OfExtension(IReadOnlyList<string> names)
    {
        using var workspace = new Workspace();
        Record(workspace, names);
        return HostOf(workspace, policy: null).Describe(JudgeOf(workspace, policy: null));
    }

    private static Verdict JudgeOf(Workspace workspace, string? policy) => HostOf(workspace, policy).Judge(Start, partial: false, testsThatRan: null, update: false);

    private static GatedHost HostOf(Workspace workspace, string? policy)
    {
        var told = new Dictionary<string, string>
        {
            ["Magsag.TestAssembly"] = TestAssembly,
            ["Magsag.TargetFramework"] = "net10.0",
            ["Magsag.RunsDirectory"] = workspace.PathOf(".runs"),
            ["Magsag.SourceRoot"] = workspace.Directory,
            ["Magsag.Assemblies"] = TestAssembly,
            ["Magsag.Gate.ProjectFile"] = workspace.PathOf("Desk.Tests.csproj"),
            ["Magsag.Gate.BaselineFile"] = workspace.PathOf("cost-baseline.json"),
            ["Magsag.Gate.PolicyFile"] = policy ?? "",
        };
        return GatedHost.FromAppContext(RecordingHost.FromAppContext(told.GetValueOrDefault, AppContext.BaseDirectory), told.GetValueOrDefault)!;
    }

    private static void AssertSafe(string line)
    {
        Assert.DoesNotContain(line, static letter => char.IsControl(letter) || letter is (>= '\u202a' and <= '\u202e') or (>= '\u2066' and <= '\u2069') or '\u2028' or '\u2029');
        Assert.DoesNotMatch(@"^\s*::[a-z]|##\[|##vso\[", line);
    }

    // Calls with each name everywhere, a model of it without a price among them, and a baseline in which they were cheaper.
    private static void Record(Workspace workspace, IReadOnlyList<string> names)
    {
        var buffer = new ArrayBufferWriter<byte>();
        var writer = new LedgerLineWriter(buffer);
        writer.Write(new LedgerSession { Id = Guid.NewGuid(), Timestamp = Start, Assembly = TestAssembly, Framework = "net10.0", Modules = new Dictionary<string, Guid> { [TestAssembly] = typeof(HostileFrontEndTests).Module.ModuleVersionId } });
        List<BaselineEntry> accepted = [];
        foreach (string name in names)
        {
            foreach (string model in (string[])["gpt-4o-mini", name])
            {
                var record = new LedgerRecord { Id = Guid.NewGuid(), Timestamp = Start, RunId = name, Agent = name, Customer = name, Provider = "openai", Model = model, InputTokens = 4000, OutputTokens = 250, UsageSource = UsageSource.Reported, CostUsd = model == name ? null : 0.01m, Test = name, Site = name + ":42", Member = name };
                writer.Write(record);
                accepted.Add(new BaselineEntry(new EntryKey(name, name, "chat", "openai", model, name, name, null, false, 0), new TokenTotals { Calls = 1, InputTokens = 10, OutputTokens = 1, CostUsd = 0.0001m }, 0));
            }
        }

        Directory.CreateDirectory(workspace.PathOf(".runs/costs"));
        File.WriteAllBytes(workspace.PathOf(".runs/costs/one.jsonl"), buffer.WrittenSpan.ToArray());
        BaselineFile.Write(workspace.PathOf("cost-baseline.json"), CostBaseline.From(accepted));
    }
}
