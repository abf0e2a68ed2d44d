namespace Magsag.Cli.Tests.Completion;

/// <summary>What shells are told may stand at the cursor (<c>|</c>).</summary>
public sealed class CompletionTests
{
    [Theory]
    [InlineData("magsag fl|", "flow")]
    [InlineData("magsag flow |", "gate summarize")]
    [InlineData("magsag flow s|", "summarize")]
    [InlineData("magsag flow s| --output x", "summarize")]
    [InlineData("./tools/magsag flow s|", "summarize")]
    [InlineData("  magsag flow s|", "summarize")]
    [InlineData("magsag report d|", "daily")]
    [InlineData("magsag data query --json --l|", "--limit")]
    [InlineData("magsag flow gate --format |", "azure bitbucket dotenv github gitlab gitlab-note json junit markdown sarif text")]
    [InlineData("magsag completion z|", "zsh")]
    [InlineData("magsag doctor |", "--csv --help --json --markdown --text --tz")]
    public async Task What_begins_with_the_word_is_suggested(string line, string suggestions) => Assert.Equal(suggestions, await SuggestAsync(line));

    [Theory]
    [InlineData("magsag flow gate |")]
    [InlineData("magsag flow gate ./sum|")]
    [InlineData("magsag report --html |")]
    public async Task Where_a_file_may_stand_nothing_is_suggested_so_that_the_shell_completes_its_name(string line) => Assert.Equal("", await SuggestAsync(line));

    [Fact]
    public async Task A_blank_that_the_shell_left_out_is_known_by_the_position()
    {
        using var workspace = new Workspace();

        Assert.Equal("gate\nsummarize\n", (await workspace.RunAsync("[suggest:12]", "magsag flow")).Succeeded());
    }

    [Fact]
    public async Task Bash_completes_with_the_script_that_the_tool_prints()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        using var workspace = new Workspace();

        ToolResult result = await ToolProcess.RunScriptAsync(
            workspace,
            """
            magsag() {{ {0} "$@"; }}
            eval "$(magsag completion bash)"
            COMP_LINE='magsag report d'; COMP_POINT=15; _magsag; echo "${{COMPREPLY[@]}}"
            complete -p magsag
            """);

        Assert.Equal("daily\ncomplete -o default -F _magsag magsag\n", result.Succeeded());
    }

    [Theory]
    [InlineData("bash")]
    [InlineData("zsh")]
    [InlineData("fish")]
    [InlineData("pwsh")]
    public async Task There_is_a_script_for_each_shell(string shell)
    {
        using var workspace = new Workspace();

        Assert.Contains("[suggest:", (await workspace.RunAsync("completion", shell)).Succeeded());
    }

    private static async Task<string> SuggestAsync(string line)
    {
        using var workspace = new Workspace();
        int cursor = line.IndexOf('|', StringComparison.Ordinal);
        return (await workspace.RunAsync($"[suggest:{cursor}]", line.Remove(cursor, 1))).Succeeded().TrimEnd('\n').Replace('\n', ' ');
    }
}
