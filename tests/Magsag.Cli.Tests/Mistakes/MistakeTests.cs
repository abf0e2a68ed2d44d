namespace Magsag.Cli.Tests.Mistakes;

/// <summary>Mistakes on the command line are told in one line, in words that aren't those of the program's types.</summary>
public sealed class MistakeTests
{
    [Theory]
    [InlineData("flw summarize", "There is no command 'flw'. Did you mean flow? See: magsag --help")]
    [InlineData("flow sumarize", "There is no command 'sumarize'. Did you mean summarize? See: magsag flow --help")]
    [InlineData("flow", "Expected a command: summarize, gate. See: magsag flow --help")]
    [InlineData("doctor now", "'now' is one argument too many. See: magsag doctor --help")]
    [InlineData("doctor --jsn", "There is no option '--jsn'. Did you mean --json? See: magsag doctor --help")]
    [InlineData("data query --limit abc", "--limit 'abc' isn't a whole number. See: magsag data query --help")]
    [InlineData("data query --limit 99999999999", "--limit '99999999999' isn't a whole number. See: magsag data query --help")]
    [InlineData("data query --limit 0", "--limit must be from 1 to 100000, found 0.")]
    [InlineData("data query --limit -1", "--limit must be from 1 to 100000, found -1.")]
    [InlineData("data query --limit 100001", "--limit must be from 1 to 100000, found 100001.")]
    [InlineData("prices list --limit 3", "There is no option '--limit'. See: magsag prices list --help")]
    [InlineData("prices list --provder openai", "There is no option '--provder'. Did you mean --provider? See: magsag prices list --help")]
    [InlineData("flow gate --polcy mine.yaml", "There is no option '--polcy'. Did you mean --policy? See: magsag flow gate --help")]
    [InlineData("flow gate --format xml", "--format 'xml' isn't one of azure, bitbucket, dotenv, github, gitlab, gitlab-note, json, junit, markdown, sarif, text. See: magsag flow gate --help")]
    [InlineData("completion csh", "'csh' isn't one of bash, fish, pwsh, zsh. See: magsag completion --help")]
    [InlineData("report trends --weeks x", "--weeks 'x' isn't a whole number. See: magsag report trends --help")]
    [InlineData("report daily --alert-above much", "--alert-above 'much' isn't a number such as 20 or 0.5. See: magsag report daily --help")]
    [InlineData("flow gate --max-increase x", "--max-increase 'x' isn't a number such as 20 or 0.5. See: magsag flow gate --help")]
    [InlineData("data correct 7 --cost 1 --reason typo", "'7' isn't an id such as 01a22603-e05b-7a02-b191-1af9ed29c481. See: magsag data correct --help")]
    [InlineData("model suggest", "Expected <model>. See: magsag model suggest --help")]
    [InlineData("model suggest gpt-4p", "The price catalogue has no model 'gpt-4p'. Did you mean gpt-4 or gpt-4o or gpt-4.1?")]
    [InlineData("model suggest gpt-4o --limit 0", "--limit must be 1 or more, found 0.")]
    [InlineData("data query --tz Europe/Berln", "'Europe/Berln' isn't a time zone of this machine; expected a name such as UTC or Europe/Berlin.")]
    [InlineData("data query --since 2026-13-01", "--since '2026-13-01' isn't a time; expected one such as 2026-11-23, 2026-11-23T18:00, 24h, 7d, 4w, today or yesterday.")]
    [InlineData("data query --since 2026-11-30 --until 2026-11-29", "--since 2026-11-30 isn't before --until 2026-11-29: no call lies between them.")]
    [InlineData("data query --store postgres://", "The address of the store can't be understood; expected postgres://user:password@host:port/database.")]
    [InlineData("data query --store postgres://me:hunter2@host:99999/costs", "The address of the store can't be understood; expected postgres://user:password@host:port/database.")]
    [InlineData("data query --store mysql://host/costs", "Expected a store such as sqlite:.runs/costs.db or postgres://user@host/database.")]
    [InlineData("report daily --alert-above -1", "--alert-above must be 0 or more.")]
    [InlineData("report daily --webhook https://hooks.example", "--webhook is told of an alert; expected --alert-above with it.")]
    [InlineData("report daily --alert-above 1 --webhook ftp://hooks.example", "--webhook must be an address that begins with https:// or http://.")]
    public async Task A_mistake_is_told_in_one_line(string commandLine, string told)
    {
        using Workspace workspace = Workspace.Recorded(".runs/costs/a.jsonl", Calls.Triage());

        Assert.Equal("magsag: " + told, (await workspace.RunAsync(commandLine.Split(' '))).Refused(2));
    }

    [Fact]
    public async Task A_decimal_point_is_a_point_in_every_country()
    {
        using Workspace workspace = Workspace.Recorded(".runs/costs/a.jsonl", Calls.Triage());
        System.Globalization.CultureInfo before = System.Globalization.CultureInfo.CurrentCulture;
        try
        {
            System.Globalization.CultureInfo.CurrentCulture = System.Globalization.CultureInfo.GetCultureInfo("de-DE");

            Assert.Contains("\"alert_above_usd\": 0.5", (await workspace.RunAsync("report", "daily", "--alert-above", "0.5", "--json")).Succeeded());
        }
        finally
        {
            System.Globalization.CultureInfo.CurrentCulture = before;
        }
    }

    [Theory]
    [InlineData("flow", "summarize")]
    [InlineData("data", "query")]
    [InlineData("report", "model")]
    [InlineData("report", "efficiency")]
    public async Task A_name_that_was_never_recorded_names_the_nearest(string group, string command)
    {
        using Workspace workspace = Workspace.Recorded(".runs/costs/a.jsonl", Calls.Triage());

        Assert.EndsWith("No call of agent 'triaje' was recorded. Did you mean triage?", (await workspace.RunAsync(group, command, "--agent", "triaje")).Refused(2), StringComparison.Ordinal);
        Assert.EndsWith("No call of customer 'acmee' was recorded. Did you mean acme?", (await workspace.RunAsync(group, command, "--customer", "acmee")).Refused(2), StringComparison.Ordinal);
        Assert.EndsWith("Did you mean gpt-4o-2024-08-06?", (await workspace.RunAsync(group, command, "--model", "gpt-4o-2024-08-07")).Refused(2), StringComparison.Ordinal);
        Assert.EndsWith("There is no run 'run'. Did you mean run-1?", (await workspace.RunAsync(group, command, "--run-id", "run")).Refused(2), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_without_calls_in_the_period_is_no_mistake()
    {
        using Workspace workspace = Workspace.Recorded(".runs/costs/a.jsonl", Calls.Triage());

        Assert.Equal("[]\n", (await workspace.RunAsync("data", "query", "--agent", "triage", "--since", "today")).Succeeded());
        Assert.Contains("\"calls\": 0", (await workspace.RunAsync("flow", "summarize", "--agent", "triage", "--since", "today")).Succeeded());
    }
}
