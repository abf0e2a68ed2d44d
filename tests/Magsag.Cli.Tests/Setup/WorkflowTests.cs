using System.Diagnostics;
using System.Reflection;
using System.Text.RegularExpressions;
using Magsag.Cli.Setup;
using YamlDotNet.Serialization;

namespace Magsag.Cli.Tests.Setup;

/// <summary>The pull request check that <c>magsag init</c> writes.</summary>
public sealed class WorkflowTests
{
    private static readonly string Workflow = WorkflowOf("Desk.sln");

    private const string Marked = "<!-- magsag cost check -->\n**failed**\n";

    [Fact]
    public void The_job_that_runs_code_of_the_pull_request_can_only_read()
    {
        Dictionary<object, object> workflow = Parsed();

        Assert.Equal("read", At(workflow, "permissions", "contents"));
        Assert.Single((Dictionary<object, object>)At(workflow, "permissions"));
        Assert.False(((Dictionary<object, object>)At(workflow, "jobs", "cost")).ContainsKey("permissions"));
        Assert.Equal(["pull_request"], ((Dictionary<object, object>)At(workflow, "on")).Keys);
    }

    [Fact]
    public void The_job_that_comments_runs_no_code_of_the_pull_request()
    {
        Dictionary<object, object> workflow = Parsed();
        string steps = new SerializerBuilder().Build().Serialize(At(workflow, "jobs", "comment", "steps"));

        Assert.Equal([("pull-requests", "write")], ((Dictionary<object, object>)At(workflow, "jobs", "comment", "permissions")).Select(static pair => ((string)pair.Key, (string)pair.Value)));
        Assert.DoesNotContain("checkout", steps);
        Assert.DoesNotContain("dotnet", steps);
        Assert.Contains("head.repo.full_name == github.repository", (string)At(workflow, "jobs", "comment", "if"));
    }

    [Fact]
    public void The_version_of_the_tool_is_the_one_that_wrote_the_file() =>
        Assert.Contains($"dotnet tool install --global Magsag.Cli --version {ToolVersion.Text}\n", Workflow);

    [Theory]
    [InlineData("Desk.sln", "dotnet build", "dotnet test --no-build")]
    [InlineData("Desk.sln Desk.csproj", "dotnet build", "dotnet test --no-build")]
    [InlineData("src/Desk.slnx src/Desk/Desk.csproj", "dotnet build 'src/Desk.slnx'", "dotnet test --no-build 'src/Desk.slnx'")]
    [InlineData("a.sln b.sln", "dotnet build 'a.sln'\ndotnet build 'b.sln'", "code=0\ndotnet test --no-build 'a.sln' || code=$?\ndotnet test --no-build 'b.sln' || code=$?\nexit \"$code\"")]
    [InlineData("src/Desk.csproj tests/xunit/Desk.Tests.fsproj=xunit", "dotnet build 'tests/xunit/Desk.Tests.fsproj'", "dotnet test --no-build 'tests/xunit/Desk.Tests.fsproj'")]
    [InlineData("src/Desk.sln global.json={\"test\":{\"runner\":\"Microsoft.Testing.Platform\"}}", "dotnet build 'src/Desk.sln'", "dotnet test --no-build --solution 'src/Desk.sln'")]
    [InlineData("src/it's.sln", @"dotnet build 'src/it'\''s.sln'", @"dotnet test --no-build 'src/it'\''s.sln'")]
    public void It_builds_and_tests_what_is_there(string files, string build, string test)
    {
        Dictionary<object, object> workflow = new DeserializerBuilder().Build().Deserialize<Dictionary<object, object>>(WorkflowOf(files.Split(' ')));
        var steps = ((List<object>)At(workflow, "jobs", "cost", "steps")).Cast<Dictionary<object, object>>().Where(static step => step.ContainsKey("name")).ToDictionary(static step => (string)step["name"]);

        Assert.Equal(build, ((string)steps["Build"]["run"]).TrimEnd());
        Assert.EndsWith("::\"\n" + test, ((string)steps["Test"]["run"]).TrimEnd(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("always", "passed", "1", true)]
    [InlineData("changed", "passed", "1", false)]
    [InlineData("changed", "passed", "1.1", true)]
    [InlineData("changed", "warnings", "1", false)]
    [InlineData("changed", "failed", "1", true)]
    [InlineData("changed", "warnings", "null", true)]
    [InlineData("threshold", "passed", "1.1", false)]
    [InlineData("threshold", "warnings", "1.1", true)]
    [InlineData("fail", "warnings", "1.1", false)]
    [InlineData("fail", "failed", "1.1", true)]
    [InlineData("never", "failed", "1.1", false)]
    public async Task It_comments_when_it_was_asked_to(string post, string status, string cost, bool comments)
    {
        using var workspace = new Workspace();

        string calls = await CommentAsync(workspace, post, $$"""{ "status": "{{status}}", "cost_usd": {{cost}}, "baseline_usd": 1 }""", earlier: "");

        Assert.Equal(comments, calls.Contains("--method POST repos/o/r/issues/7/comments --field body=@comment.md", StringComparison.Ordinal));
        Assert.Equal(comments, workspace.Read("comment.md") == Marked && calls.Contains("--method", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("changed")]
    [InlineData("fail")]
    public async Task A_comment_that_is_there_is_brought_up_to_date_instead_of_repeated(string post)
    {
        using var workspace = new Workspace();

        string calls = await CommentAsync(workspace, post, """{ "status": "passed", "cost_usd": 1, "baseline_usd": 1 }""", earlier: "4711");

        Assert.Contains("--method PATCH repos/o/r/issues/comments/4711 --field body=@comment.md", calls);
        Assert.DoesNotContain("POST", calls);
    }

    [Fact]
    public void The_reusable_workflow_comments_by_the_same_script()
    {
        string root = typeof(WorkflowTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(static data => data.Key == "RepositoryRoot").Value!;
        var reusable = new DeserializerBuilder().Build().Deserialize<Dictionary<object, object>>(File.ReadAllText(Path.Combine(root, ".github/workflows/cost-comment.yml")));

        Assert.Equal(At((Dictionary<object, object>)((List<object>)At(Parsed(), "jobs", "comment", "steps"))[^1], "run"), At((Dictionary<object, object>)((List<object>)At(reusable, "jobs", "comment", "steps"))[^1], "run"));
        Assert.Equal(["workflow_call"], ((Dictionary<object, object>)At(reusable, "on")).Keys);
        Assert.Single((Dictionary<object, object>)At(reusable, "jobs", "comment", "permissions"));
    }

    [Fact]
    public void Without_a_verdict_nobody_comments()
    {
        Dictionary<object, object> workflow = Parsed();

        Assert.Equal("${{ steps.hand-on.outputs.artifact-id }}", At(workflow, "jobs", "cost", "outputs", "verdict"));
        Assert.Contains("needs.cost.outputs.verdict != ''", (string)At(workflow, "jobs", "comment", "if"));
    }

    [Fact]
    public void A_job_that_is_run_again_may_write_its_artifact_again()
    {
        var steps = (List<object>)At(Parsed(), "jobs", "cost", "steps");

        Assert.Equal("true", At((Dictionary<object, object>)steps[^1], "with", "overwrite"));
    }

    [Fact]
    public void Actions_of_others_are_pinned_to_a_commit() =>
        Assert.All(Regex.Matches(Workflow, "uses: (.*)").Select(static match => match.Groups[1].Value), static action => Assert.Matches("^actions/[a-z-]+@[0-9a-f]{40} # v[0-9.]+$", action));

    [Fact]
    public void No_script_has_a_value_pasted_into_it() =>
        Assert.All(
            new[] { "cost", "comment" }.SelectMany(static job => (List<object>)At(Parsed(), "jobs", job, "steps")).Cast<Dictionary<object, object>>().Where(static step => step.ContainsKey("run")),
            static step => Assert.DoesNotContain("${{", (string)step["run"]));

    // A repository with these files, "name" or "name=content".
    private static string WorkflowOf(params string[] files)
    {
        using var workspace = new Workspace();
        foreach (string[] file in files.Select(static file => file.Split('=', 2)))
        {
            workspace.Write(file[0], file.Length > 1 ? file[1] : "");
        }

        return SetupFiles.Workflow(BuildTargets.Find(workspace.Directory));
    }

    // Runs the script of the file with a 'gh' that writes down how it was called.
    private static async Task<string> CommentAsync(Workspace workspace, string post, string verdict, string earlier)
    {
        workspace.Write("bin/gh", $"#!/bin/sh\necho \"$@\" >> calls\ncase \"$*\" in *--paginate*) echo \"{earlier}\" ;; esac\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(workspace.PathOf("bin/gh"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        workspace.Write("calls", "");
        workspace.Write("verdict.json", verdict);
        workspace.Write("verdict.md", "**failed**\n");
        var steps = (List<object>)At(Parsed(), "jobs", "comment", "steps");
        var start = new ProcessStartInfo("bash", ["-e", "-c", (string)At((Dictionary<object, object>)steps[^1], "run")]) { WorkingDirectory = workspace.Directory, RedirectStandardError = true };
        start.Environment["PATH"] = $"{workspace.PathOf("bin")}:{Environment.GetEnvironmentVariable("PATH")}";
        start.Environment["POST"] = post;
        start.Environment["COMMENTS"] = "repos/o/r/issues/7/comments";
        start.Environment["COMMENT"] = "repos/o/r/issues/comments";
        using Process bash = Process.Start(start)!;
        Assert.Equal("", await bash.StandardError.ReadToEndAsync());
        await bash.WaitForExitAsync();
        Assert.Equal(0, bash.ExitCode);
        return workspace.Read("calls");
    }

    private static Dictionary<object, object> Parsed() => new DeserializerBuilder().Build().Deserialize<Dictionary<object, object>>(Workflow);

    private static object At(Dictionary<object, object> node, params string[] path) =>
        path.Aggregate((object)node, static (current, key) => ((Dictionary<object, object>)current)[key]);
}
