using System.Text.Json;
using System.Xml.Linq;
using AngleSharp.Dom;
using Magsag.Cli.Flow.Verdicts;
using Magsag.Gating;

namespace Magsag.Cli.Tests.Escaping;

/// <summary>Every output of the tool, with hostile names as site, test, model, agent, customer, run and tag: read by an independent reader it has the same shape as with plain names.</summary>
public sealed class HostileNameTests
{
    public static TheoryData<string> Reports { get; } =
    [
        "report agent", "report customer", "report model", "report daily", "report trends", "report tokens", "report efficiency",
        "data query --limit 1000", "data query --calls --limit 1000", "data search cost_usd --limit 1000", "flow summarize", "baseline show", "baseline diff",
    ];

    [Theory]
    [MemberData(nameof(Reports))]
    public async Task Markdown_of_a_report_keeps_its_shape(string command)
    {
        IDocument plain = Readers.Markdown(await PrintedAsync(HostileCorpus.Plain, command + " --markdown"));
        IDocument hostile = Readers.Markdown(await PrintedAsync(HostileCorpus.Names, command + " --markdown"));

        Assert.Equal(Readers.Structure(plain), Readers.Structure(hostile));
    }

    [Theory]
    [MemberData(nameof(Reports))]
    public async Task Csv_of_a_report_keeps_its_shape_and_holds_no_formula(string command)
    {
        IReadOnlyList<string[]> plain = Readers.Csv(await PrintedAsync(HostileCorpus.Plain, command + " --csv"));
        IReadOnlyList<string[]> hostile = Readers.Csv(await PrintedAsync(HostileCorpus.Names, command + " --csv"));

        Assert.Equal(plain.Select(static row => row.Length), hostile.Select(static row => row.Length));
        Assert.DoesNotContain(hostile.SelectMany(static row => row), static cell => cell is ['=' or '@' or '\t' or '\r' or '\n', ..] || (cell is ['-' or '+', ..] && !decimal.TryParse(cell.Replace(" %", ""), System.Globalization.CultureInfo.InvariantCulture, out _)));
    }

    [Theory]
    [MemberData(nameof(Reports))]
    public async Task Text_of_a_report_steers_neither_terminal_nor_log(string command) =>
        AssertSafeForLogs(await PrintedAsync(HostileCorpus.Names, command + " --text"));

    [Theory]
    [MemberData(nameof(Reports))]
    public async Task Json_of_a_report_is_json(string command) =>
        Assert.Contains("white_check_mark", Readers.Json(await PrintedAsync(HostileCorpus.Names, command + " --json")).GetRawText() + "white_check_mark", StringComparison.Ordinal);

    [Fact]
    public async Task The_html_report_has_no_element_of_a_names_making()
    {
        foreach (IReadOnlyList<string> names in (IReadOnlyList<string>[])[HostileCorpus.Plain, HostileCorpus.Names])
        {
            using Workspace workspace = Recorded(names);
            Assert.Equal(0, (await workspace.RunAsync("report", "--html", "report.html")).ExitCode);
            IDocument page = Readers.Html(workspace.Read("report.html"));

            Assert.Empty(page.QuerySelectorAll("img, iframe, object, embed, [onerror], [onfocus], evil, table b, td details"));
            Assert.All(page.QuerySelectorAll("script"), static script => Assert.Empty(script.Children));
            Assert.All(page.QuerySelectorAll("a[href]"), static link => Assert.DoesNotContain("javascript:", link.GetAttribute("href"), StringComparison.OrdinalIgnoreCase));
        }
    }

    [Fact]
    public async Task The_verdicts_markdown_keeps_its_shape_and_names_nobody()
    {
        IDocument plain = Readers.Markdown(await VerdictAsync(HostileCorpus.Plain, "markdown"));
        string text = await VerdictAsync(HostileCorpus.Names, "markdown");
        IDocument hostile = Readers.Markdown(text);

        Assert.Equal(Readers.Structure(plain), Readers.Structure(hostile));
        Assert.DoesNotMatch(@"@\w", WithoutCode(hostile).Body!.TextContent);
        Assert.DoesNotMatch(@"#\d", WithoutCode(hostile).Body!.TextContent);
        Assert.True(text.Length < 65_536, $"A comment holds 65,536 characters, the verdict has {text.Length}.");
        Assert.All(text.Split('\n'), static line => Assert.True(line.Length == 0 || line.StartsWith("**", StringComparison.Ordinal) || line.StartsWith("| ", StringComparison.Ordinal) || line.EndsWith('.'), line));
    }

    [Fact]
    public async Task The_verdict_as_junit_is_xml()
    {
        XElement suite = Readers.Xml(await VerdictAsync(HostileCorpus.Names, "junit"));

        XElement plain = Readers.Xml(await VerdictAsync(HostileCorpus.Plain, "junit"));
        Assert.Equal(plain.Descendants("testcase").Count(), suite.Descendants("testcase").Count());
        Assert.All(suite.Descendants(), static element => Assert.Contains(element.Name.LocalName, (string[])["testsuite", "testcase", "properties", "property", "failure", "error", "system-out"]));
    }

    [Fact]
    public async Task The_verdict_as_sarif_has_no_link_and_no_place_outside()
    {
        JsonElement.ArrayEnumerator results = Readers.Json(await VerdictAsync(HostileCorpus.Names, "sarif")).GetProperty("runs")[0].GetProperty("results").EnumerateArray();

        Assert.All(results, static result =>
        {
            Assert.DoesNotMatch(@"(?<!\\)(\\\\)*[\[\]]", result.GetProperty("message").GetProperty("text").GetString());
            Assert.True(Uri.TryCreate(result.GetProperty("locations")[0].GetProperty("physicalLocation").GetProperty("artifactLocation").GetProperty("uri").GetString(), UriKind.Relative, out _));
        });
    }

    [Fact]
    public async Task The_verdict_as_annotations_is_a_command_a_line()
    {
        string[] plain = (await VerdictAsync(HostileCorpus.Plain, "github")).TrimEnd('\n').Split('\n');
        string[] hostile = (await VerdictAsync(HostileCorpus.Names, "github")).TrimEnd('\n').Split('\n');

        Assert.Equal(plain.Length, hostile.Length);
        Assert.All(hostile[..^1], static line => Assert.Matches(@"^::(error|warning|notice) (file=[^:,\r\n]+,(line=\d+,)?)?title=MAG\d+::[^\r\n]+$", line));
        Assert.StartsWith("Magsag: ", hostile[^1], StringComparison.Ordinal);
        Assert.All(hostile, static line => Assert.DoesNotMatch(@"##\[|##vso\[", line));
    }

    [Fact]
    public async Task The_verdict_for_Azure_Pipelines_is_a_command_a_line()
    {
        string[] plain = (await VerdictAsync(HostileCorpus.Plain, "azure")).TrimEnd('\n').Split('\n');
        string[] hostile = (await VerdictAsync(HostileCorpus.Names, "azure")).TrimEnd('\n').Split('\n');

        Assert.Equal(plain.Length, hostile.Length);
        Assert.All(hostile[..^1], static line => Assert.Matches(@"^(##vso\[task\.logissue type=(error|warning);(sourcepath=[^;\]\r\n]+;(linenumber=\d+;)?)?code=MAG\d+;\]|MAG\d+: )[^\r\n]+$", line));
        Assert.All(hostile, static line => Assert.DoesNotMatch(@".##\[|.##vso\[", line));
        Assert.All(hostile.Where(static line => line.StartsWith("##vso[", StringComparison.Ordinal)), static line => Assert.DoesNotMatch("%(?!AZP25|3B|5D)", line));
    }

    [Fact]
    public async Task A_note_for_GitLab_keeps_its_shape_and_refers_to_nothing()
    {
        IDocument plain = Readers.Markdown(await VerdictAsync(HostileCorpus.Plain, "gitlab-note"));
        IDocument hostile = Readers.Markdown(await VerdictAsync(HostileCorpus.Names, "gitlab-note"));

        Assert.Equal(Readers.Structure(plain), Readers.Structure(hostile));
        Assert.DoesNotMatch(@"[@!$%~&^]\w|#\d|\[\w", WithoutCode(hostile).Body!.TextContent);
    }

    [Theory]
    [InlineData("gitlab")]
    [InlineData("bitbucket")]
    public async Task Reports_for_merge_requests_are_JSON_with_an_issue_for_each_finding(string format)
    {
        JsonElement plain = IssuesOf(Readers.Json(await VerdictAsync(HostileCorpus.Plain, format)));
        JsonElement hostile = IssuesOf(Readers.Json(await VerdictAsync(HostileCorpus.Names, format)));

        Assert.Equal(plain.GetArrayLength(), hostile.GetArrayLength());
        Assert.All(hostile.EnumerateArray().SelectMany(static issue => issue.EnumerateObject()).Where(static member => member.Value.ValueKind == JsonValueKind.String), static member => Assert.DoesNotContain(member.Value.GetString()!, static letter => char.IsControl(letter)));

        static JsonElement IssuesOf(JsonElement report) => report.ValueKind == JsonValueKind.Array ? report : report.GetProperty("annotations");
    }

    [Fact]
    public async Task The_verdict_as_variables_is_a_variable_a_line()
    {
        Assert.All((await VerdictAsync(HostileCorpus.Names, "dotenv")).TrimEnd('\n').Split('\n'), static line => Assert.Matches("^[a-z_]+=[a-z0-9.-]*$", line));
    }

    [Fact]
    public async Task The_verdict_as_text_steers_neither_terminal_nor_log() => AssertSafeForLogs(await VerdictAsync(HostileCorpus.Names, "text"));

    [Fact]
    public async Task Every_file_of_the_verdict_is_written()
    {
        using Workspace workspace = Recorded(HostileCorpus.Names);

        await workspace.RunAsync("flow", "gate", "-o", "v.json", "-o", "v.xml", "-o", "v.md", "-o", "v.sarif", "-o", "v.env");

        Assert.All((string[])["v.json", "v.xml", "v.md", "v.sarif", "v.env"], name => Assert.NotEqual("", workspace.Read(name)));
        Readers.Json(workspace.Read("v.json"));
    }

    [Fact]
    public void Text_that_is_no_unicode_ends_no_writer()
    {
        using var workspace = new Workspace();
        var terminal = new Terminal { Out = TextWriter.Null, Error = TextWriter.Null, Directory = workspace.Directory };
        var verdict = new Verdict
        {
            Headline = string.Join(' ', HostileCorpus.Halves),
            Findings = [.. HostileCorpus.Halves.Concat(HostileCorpus.Names).Select(static name => new Finding(GateCode.ScopeRose, FindingSeverity.Error, name) { File = name, Line = 3, Scope = "test", Name = name })],
            Changes = [.. HostileCorpus.Halves.Concat(HostileCorpus.Names).Select(static name => new ScopeChange("test", name, 1m, 2m, 1, 1))],
        };

        foreach (string format in VerdictFormats.Names)
        {
            string printed = VerdictFormats.Print(format, verdict, terminal);
            Assert.NotEqual("", printed);
            Assert.True(format != "markdown" || printed.Length < 65_536, $"A comment holds 65,536 characters, the verdict has {printed.Length}.");
            _ = format switch
            {
                "junit" => (object)Readers.Xml(printed),
                "json" or "sarif" or "gitlab" or "bitbucket" => Readers.Json(printed),
                _ => printed,
            };
        }
    }

    [Fact]
    public async Task Prices_that_are_imported_can_be_read_again()
    {
        using var workspace = new Workspace();
        string models = string.Join(",", HostileCorpus.Names.Select(static name => $"{JsonSerializer.Serialize(name)}:{{\"litellm_provider\":{JsonSerializer.Serialize(name)},\"input_cost_per_token\":1e-06,\"output_cost_per_token\":2e-06}}"));
        workspace.Write("list.json", $"{{\"gpt-9\":{{\"litellm_provider\":\"openai\",\"input_cost_per_token\":1e-06,\"output_cost_per_token\":2e-06}},{models}}}");

        ToolResult imported = await workspace.RunAsync("prices", "import", "list.json");

        Assert.Equal(0, imported.ExitCode);
        AssertSafeForLogs(imported.Output);
        Assert.Contains("gpt-9", (await workspace.RunAsync("prices", "list", "--csv")).Succeeded());
    }

    private static void AssertSafeForLogs(string text)
    {
        Assert.DoesNotContain(text, static letter => (char.IsControl(letter) && letter is not ('\n' or '\r')) || letter is (>= '\u202a' and <= '\u202e') or (>= '\u2066' and <= '\u2069') or '\u2028' or '\u2029');
        Assert.All(text.Split('\n'), static line => Assert.DoesNotMatch(@"^\s*::[a-z]|##\[|##vso\[", line));
    }

    private static IDocument WithoutCode(IDocument page)
    {
        foreach (IElement code in page.QuerySelectorAll("code"))
        {
            code.Remove();
        }

        return page;
    }

    private static async Task<string> PrintedAsync(IReadOnlyList<string> names, string command)
    {
        using Workspace workspace = Recorded(names);
        ToolResult result = await workspace.RunAsync(command.Split(' '));
        Assert.Equal(("", 0), (result.Error, result.ExitCode));
        return result.Output;
    }

    private static async Task<string> VerdictAsync(IReadOnlyList<string> names, string format)
    {
        using Workspace workspace = Recorded(names);
        ToolResult result = await workspace.RunAsync("flow", "gate", "--format", format);
        Assert.Equal(("", 1), (result.Error, result.ExitCode));
        return result.Output;
    }

    // Calls with each name everywhere, a model of it without a price among them, and a baseline in which they were cheaper.
    private static Workspace Recorded(IReadOnlyList<string> names)
    {
        var workspace = new Workspace();
        LedgerRecord[] records = [.. names.SelectMany(static (name, number) => (LedgerRecord[])
        [
            CallOf(name, number, priced: true) with { Model = "gpt-4o-mini" },
            CallOf(name, number + 1000, priced: false) with { Model = name },
        ])];
        workspace.Record(".runs/costs/a.jsonl", records);
        BaselineFile.Write(workspace.PathOf("cost-baseline.json"), CostBaseline.From(records.Select(static record => new BaselineEntry(
            new EntryKey(record.Test, record.Agent, record.Operation, record.Provider, record.Model, record.Site![..^":42".Length], record.Member, record.ServiceTier, record.Batch, 0),
            new TokenTotals { Calls = 1, InputTokens = 10, OutputTokens = 1, CostUsd = 0.0001m },
            0))));
        return workspace;
    }

    private static LedgerRecord CallOf(string name, int number, bool priced) => new()
    {
        Id = Guid.Parse($"01a20a34-0000-7000-8000-{number:x12}"),
        Timestamp = new DateTimeOffset(2026, 11, 23, 8, 0, 0, TimeSpan.Zero).AddMinutes(number),
        RunId = name,
        Agent = name,
        Customer = name,
        BillingTier = name,
        Provider = "openai",
        RequestedModel = name,
        Operation = "chat",
        InputTokens = 4000,
        OutputTokens = 250,
        UsageSource = UsageSource.Reported,
        CostUsd = priced ? 0.01m : null,
        Test = name,
        Site = name + ":42",
        Member = name,
        Tags = new Dictionary<string, string>(StringComparer.Ordinal) { [name.Length > 100 ? "long" : name] = name },
    };
}
