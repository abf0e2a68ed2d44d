using System.Globalization;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Magsag.Cli.Html;
using Microsoft.Playwright;

namespace Magsag.Cli.Tests.Html;

public sealed class ReportInBrowserTests(Browser browser) : IClassFixture<Browser>, IDisposable
{
    // Set it to a folder to look at the pages oneself.
    private static readonly string? Screenshots = Environment.GetEnvironmentVariable("MAGSAG_SCREENSHOTS");

    private readonly string _directory = Directory.CreateTempSubdirectory("magsag-report-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [ChromiumTheory]
    [InlineData(ColorScheme.Light, 1280)]
    [InlineData(ColorScheme.Dark, 1280)]
    [InlineData(ColorScheme.Light, 390)]
    [InlineData(ColorScheme.Dark, 390)]
    public async Task The_charts_are_drawn_and_nothing_is_wider_than_the_window(ColorScheme scheme, int width)
    {
        List<string> complaints = [];
        IPage page = await browser.OpenAsync("about:blank", scheme, width);
        page.Console += (_, message) => complaints.Add(message.Text);
        page.PageError += (_, error) => complaints.Add(error);
        await page.GotoAsync(await WriteAsync());

        int drawn = await page.EvaluateAsync<int>("[...document.querySelectorAll('canvas')].filter(canvas => canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data.some(value => value !== 0)).length");
        int overflow = await page.EvaluateAsync<int>("document.documentElement.scrollWidth - window.innerWidth");
        await KeepAsync(page, $"report-{scheme}-{width.ToString(CultureInfo.InvariantCulture)}".ToLowerInvariant());

        Assert.Empty(complaints);
        Assert.Equal(6, drawn);
        Assert.True(overflow <= 0, $"The page is {overflow} pixels wider than the window.");
    }

    [ChromiumFact]
    public async Task The_file_makes_no_request()
    {
        List<string> requests = [];
        IPage page = await browser.OpenAsync("about:blank");
        page.Request += (_, request) => requests.Add(request.Url);
        string address = await WriteAsync();
        await page.GotoAsync(address);

        Assert.Equal([address], requests);
    }

    [ChromiumFact]
    public async Task Text_has_enough_contrast_in_both_schemes()
    {
        foreach (ColorScheme scheme in new[] { ColorScheme.Light, ColorScheme.Dark })
        {
            IPage page = await browser.OpenAsync(await WriteAsync(), scheme);

            // WCAG 2.2, 1.4.3: 4.5 to 1.
            string[] faint = await page.EvaluateAsync<string[]>("""
                () => {
                  const luminance = colour => colour.match(/[\d.]+/g).slice(0, 3).map(part => part / 255)
                    .map(part => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
                    .reduce((sum, part, index) => sum + part * [0.2126, 0.7152, 0.0722][index], 0);
                  const ground = element => {
                    for (; element; element = element.parentElement) {
                      const colour = getComputedStyle(element).backgroundColor;
                      if (!colour.startsWith('rgba(0, 0, 0, 0')) return colour;
                    }
                    return 'rgb(255, 255, 255)';
                  };
                  return [...document.querySelectorAll('h1, h2, h3, a, figcaption, caption, p, dt, dd, small, th, td, summary, li, code, .badge')].filter(element => {
                    const [light, dark] = [luminance(getComputedStyle(element).color), luminance(ground(element))].sort((a, b) => b - a);
                    return (light + 0.05) / (dark + 0.05) < 4.5;
                  }).map(element => element.outerHTML.slice(0, 80));
                }
                """);

            Assert.Empty(faint);
        }
    }

    [ChromiumFact]
    public async Task Every_chart_has_a_name_and_every_table_headings()
    {
        IPage page = await browser.OpenAsync(await WriteAsync());

        Assert.Equal(0, await page.Locator("canvas:not([aria-label])").CountAsync());
        Assert.Equal(0, await page.Locator("table:not(:has(thead th[scope=col]))").CountAsync());
        Assert.Equal(0, await page.Locator("table:not(:has(caption))").CountAsync());
        Assert.Equal(1, await page.Locator("h1").CountAsync());
    }

    [Fact]
    public async Task The_tables_stand_without_any_script()
    {
        string address = await WriteAsync();
        string text = await File.ReadAllTextAsync(new Uri(address).LocalPath);

        Assert.Contains("<th scope=\"row\" dir=\"auto\">gpt-4o-2024-08-06</th>", text);
    }

    [ChromiumFact]
    public async Task The_page_prints()
    {
        IPage page = await browser.OpenAsync(await WriteAsync());

        byte[] pdf = await page.PdfAsync(new PagePdfOptions { Format = "A4" });
        if (Screenshots is { } folder)
        {
            await File.WriteAllBytesAsync(Path.Combine(folder, "report.pdf"), pdf);
        }

        Assert.True(pdf.AsSpan().StartsWith("%PDF"u8));
    }

    [ChromiumTheory]
    [InlineData(ColorScheme.Light, 1280)]
    [InlineData(ColorScheme.Dark, 390)]
    public async Task Axe_finds_nothing(ColorScheme scheme, int width)
    {
        IPage page = await browser.OpenAsync(await WriteAsync(), scheme, width);
        await page.EvaluateAsync("document.querySelectorAll('details').forEach(details => { details.open = true; })");

        AxeResult result = await page.RunAxe();

        Assert.Empty(result.Violations.Select(static violation => $"{violation.Id}: {violation.Help}: {violation.Nodes[0].Html}"));
        Assert.NotEmpty(result.Passes);
    }

    [ChromiumFact]
    public async Task Hostile_names_stay_text_wherever_they_stand()
    {
        List<string> complaints = [];
        IPage page = await browser.OpenAsync("about:blank");
        page.Dialog += (_, dialog) => complaints.Add(dialog.Message);
        page.PageError += (_, error) => complaints.Add(error);
        page.Console += (_, message) => complaints.Add(message.Text);
        await page.GotoAsync(await WriteAsync(HostileNames.Report));

        string[][] labels = await page.EvaluateAsync<string[][]>("JSON.parse(document.getElementById('charts').textContent).map(chart => chart.kind === 'time' ? chart.series.map(series => series.name) : chart.labels)");

        Assert.Empty(complaints);
        Assert.Equal("Costs <b>now</b>", await page.TitleAsync());
        Assert.Equal(0, await page.Locator("main :is(script:not(#charts), img, svg, iframe, b, i, base, form, style, link, meta, object)").CountAsync());
        Assert.Equal(2, await page.Locator("body > script").CountAsync());
        Assert.Equal(0, await page.EvaluateAsync<int>("[...document.querySelectorAll('*')].flatMap(element => [...element.attributes]).filter(attribute => attribute.name.startsWith('on')).length"));
        Assert.All(labels, static names => Assert.Equal(HostileNames.All.Order(StringComparer.Ordinal), names.Order(StringComparer.Ordinal)));
        foreach (string section in new[] { "models", "agents", "customers", "tests" })
        {
            Assert.Equal(HostileNames.All.Order(StringComparer.Ordinal), (await page.Locator($"#{section} tbody th").AllTextContentsAsync()).Order(StringComparer.Ordinal));
        }
    }

    [ChromiumFact]
    public async Task On_paper_the_charts_of_a_dark_screen_are_light()
    {
        const string Colour = "Chart.getChart('models-chart').data.datasets[0].backgroundColor";
        IPage light = await browser.OpenAsync(await WriteAsync());
        IPage dark = await browser.OpenAsync(await WriteAsync(), ColorScheme.Dark);
        string onScreen = await dark.EvaluateAsync<string>(Colour);

        await dark.EvaluateAsync("dispatchEvent(new Event('beforeprint'))");
        string onPaper = await dark.EvaluateAsync<string>(Colour);
        await dark.EvaluateAsync("dispatchEvent(new Event('afterprint'))");

        Assert.NotEqual(onScreen, onPaper);
        Assert.Equal(await light.EvaluateAsync<string>(Colour), onPaper);
        Assert.Equal(onScreen, await dark.EvaluateAsync<string>(Colour));
    }

    [ChromiumFact]
    public async Task Without_scripts_no_empty_charts_are_left()
    {
        IPage page = await browser.OpenAsync(await WriteAsync(), scripts: false);

        await Assertions.Expect(page.Locator("canvas").First).ToBeHiddenAsync();
        await Assertions.Expect(page.Locator("#models table").First).ToBeVisibleAsync();
    }

    [ChromiumFact]
    public async Task The_keyboard_reaches_and_opens_everything()
    {
        IPage page = await browser.OpenAsync(await WriteAsync());

        await page.Locator("#spend-over-time summary").FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.Keyboard.PressAsync("Tab");

        Assert.Equal("Table: Spend over time", await page.EvaluateAsync<string>("document.activeElement.getAttribute('aria-label')"));
        Assert.NotEqual("none", await page.EvaluateAsync<string>("getComputedStyle(document.activeElement).outlineStyle"));
    }

    private Task<string> WriteAsync() => WriteAsync(new ReportPage { Title = "What the support desk's models cost", Summary = SampleCosts.Month, Verdict = Judged() });

    private async Task<string> WriteAsync(ReportPage report)
    {
        string path = Path.Combine(_directory, $"{Guid.NewGuid():N}.html");
        await File.WriteAllTextAsync(path, HtmlReport.Render(report));
        return new Uri(path).AbsoluteUri;
    }

    private static Verdict Judged() => new()
    {
        Headline = "Magsag: 1,140 calls, $5.12, baseline $3.90 (+31.3 %): failed (MAG200)",
        Findings = [new Finding(GateCode.ScopeRose, FindingSeverity.Error, "The cost of the calls in src/Answering.cs rose from $1.10 to $2.32 (+111 %, allowed is +20 %).") { File = "src/Answering.cs", Line = 29 }],
        Changes = [new ScopeChange("site", "src/Answering.cs (SupportDesk.Answering.AnswerAsync)", 1.10m, 2.32m, 400, 420), new ScopeChange("test", "TriageTests.A_new_one", null, 0.02m, 0, 3)],
    };

    private static async Task KeepAsync(IPage page, string name)
    {
        if (Screenshots is { } folder)
        {
            await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(folder, $"{name}.png"), FullPage = true });
        }
    }
}
