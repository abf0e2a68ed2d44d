using Microsoft.Playwright;

namespace Magsag.Cli.Tests.Html;

/// <summary>The headless Chromium that is on the machine. Playwright's own download isn't used: it comes from outside the package registries.</summary>
public sealed class Browser : IAsyncLifetime
{
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public async Task InitializeAsync()
    {
        if (ChromiumInstallation.Skip is not null)
        {
            return;
        }

        string chromium = ChromiumInstallation.Program ?? throw new InvalidOperationException(ChromiumInstallation.Missing);
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = chromium,
            Args = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        });
    }

    public async Task DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.CloseAsync();
        }

        _playwright?.Dispose();
    }

    /// <summary>A page of its own, in a window of a given size and colour scheme.</summary>
    public async Task<IPage> OpenAsync(string address, ColorScheme scheme = ColorScheme.Light, int width = 1280, int height = 900, bool scripts = true)
    {
        IBrowserContext context = await _browser!.NewContextAsync(new BrowserNewContextOptions { ColorScheme = scheme, JavaScriptEnabled = scripts, ViewportSize = new ViewportSize { Width = width, Height = height } });
        IPage page = await context.NewPageAsync();
        page.SetDefaultTimeout(60_000);
        await page.GotoAsync(address);
        return page;
    }
}
