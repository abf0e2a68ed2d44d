namespace Magsag.Cli.Tests.Output;

/// <summary>One report in every format, to the letter.</summary>
public sealed class FormatTests
{
    private static readonly Report Sample = new()
    {
        Title = "Costs | by <agent>",
        Facts =
        [
            new Fact("from", "From", new DateTimeOffset(2026, 11, 23, 23, 30, 0, TimeSpan.Zero), CellKind.Time),
            new Fact("total_cost_usd", "Total cost", 1234.5m, CellKind.Money),
            new Fact("best", "Best", null, CellKind.Money),
        ],
        Tables =
        [
            new Table(
                "agents",
                "Agents",
                [new TableColumn("agent", "Agent"), new TableColumn("calls", "Calls", CellKind.Count), new TableColumn("tokens", "Tokens", CellKind.Tokens), new TableColumn("cost_usd", "Cost", CellKind.Money), new TableColumn("share", "Share", CellKind.Share)],
                [["triage, first", 1234L, 45_230L, 0.00001905m, 0.67m], ["=1+1", 1L, 1_230_000L, null, 0.004m]]),
        ],
        Notes = ["A note."],
    };

    [Fact]
    public void As_JSON() => Assert.Equal(
        """
        {
          "from": "2026-11-23T23:30:00Z",
          "total_cost_usd": 1234.5,
          "agents": [
            {
              "agent": "triage, first",
              "calls": 1234,
              "tokens": 45230,
              "cost_usd": 0.00001905,
              "share": 0.67
            },
            {
              "agent": "=1+1",
              "calls": 1,
              "tokens": 1230000,
              "share": 0.004
            }
          ],
          "notes": [
            "A note."
          ]
        }

        """,
        JsonRenderer.Render(Sample));

    [Fact]
    public void A_list_as_JSON_is_an_array() => Assert.StartsWith("[\n  {\n    \"agent\": \"triage, first\"", JsonRenderer.Render(Report.List(Sample.Tables[0])), StringComparison.Ordinal);

    [Fact]
    public void As_CSV() => Assert.Equal(
        "agent,calls,tokens,cost_usd,share\r\n\"triage, first\",1234,45230,0.00001905,0.67\r\n'=1+1,1,1230000,,0.004\r\n",
        Csv(Sample));

    [Fact]
    public void As_Markdown() => Assert.Equal(
        """
        ## Costs \| by &lt;agent&gt;

        - From: 2026-11-24 00:30:00+01:00
        - Total cost: $1,234.50
        - Best: –

        ### Agents

        | Agent | Calls | Tokens | Cost | Share |
        | --- | ---: | ---: | ---: | ---: |
        | triage, first | 1,234 | 45.2k | $0.0000191 | 67.0 % |
        | =1+1 | 1 | 1.23M | – | 0.4 % |

        > A note.

        """,
        MarkdownRenderer.Render(Sample, TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin")));

    [Fact]
    public void As_text()
    {
        using var output = new StringWriter { NewLine = "\n" };
        TextRenderer.Write(Sample, new Terminal { Out = output, Error = output, Directory = "/" }, TimeZoneInfo.Utc);

        Assert.Equal(
            """
            Costs | by <agent>
            From: 2026-11-23 23:30:00Z
            Total cost: $1,234.50
            Best: –

            Agents
             Agent           Calls   Tokens         Cost    Share
            ──────────────────────────────────────────────────────
             triage, first   1,234    45.2k   $0.0000191   67.0 %
             =1+1                1    1.23M            –    0.4 %

            A note.

            """,
            output.ToString());
    }

    [Theory]
    [InlineData(0, "0")]
    [InlineData(999, "999")]
    [InlineData(1_000, "1k")]
    [InlineData(45_230, "45.2k")]
    [InlineData(812_345, "812k")]
    [InlineData(999_999, "1M")]
    [InlineData(1_234_567, "1.23M")]
    [InlineData(2_500_000_000, "2.5G")]
    public void Tokens_have_three_significant_digits(long tokens, string text) => Assert.Equal(text, CellText.Tokens(tokens));

    private static string Csv(Report report)
    {
        using var text = new StringWriter();
        CsvRenderer.Write(report, text);
        return text.ToString();
    }
}
