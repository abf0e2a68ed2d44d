using System.Security.Cryptography;
using System.Text;
using Magsag.Cli.Prices;
using Magsag.Pricing.Catalogue;
using Magsag.Pricing.Costs;
using Magsag.Yaml;

namespace Magsag.Cli.Tests.Prices;

public sealed class PricesUpdateTests
{
    private const string Newer = "format 1\n\nprovider openai\n\n  model gpt-4o\n    price source test 2027-01-15\n      standard in 1 out 2\n";

    private static readonly string Hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Newer)));

    [Fact]
    public async Task A_newer_catalogue_of_the_stated_hash_holds_from_then_on()
    {
        using var workspace = new Workspace();
        workspace.Write("new.txt", Newer);
        workspace.Write("magsag.prices.yaml", "version: 1\ndeployments:\n  prod: gpt-4o\n");

        Assert.Equal(0, (await workspace.RunAsync("prices", "update", "--from", "new.txt", "--sha256", Hash)).ExitCode);

        PriceCatalog own = OwnPrices.Over(workspace.PathOf("magsag.prices.yaml"), PriceCatalog.Embedded);
        Assert.Equal(1m, own.Find("prod")!.RatesFor(new PriceTerms(Workspace.Now))!.Input);
        Assert.Contains("2027-01-15", (await workspace.RunAsync("prices", "show", "gpt-4o")).Succeeded());
    }

    [Theory]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData(null)]
    public async Task A_catalogue_that_is_not_checked_is_refused(string? hash)
    {
        using var workspace = new Workspace();
        workspace.Write("new.txt", Newer);

        ToolResult result = await workspace.RunAsync(["prices", "update", "--from", "new.txt", .. hash is null ? (string[])[] : ["--sha256", hash]]);

        Assert.NotEqual(0, result.ExitCode);
        Assert.False(File.Exists(workspace.PathOf("magsag.catalogue.txt")) || File.Exists(workspace.PathOf("magsag.prices.yaml")));
    }

    [Fact]
    public async Task A_catalogue_that_was_changed_after_the_check_is_refused()
    {
        using var workspace = new Workspace();
        workspace.Write("new.txt", Newer);
        await workspace.RunAsync("prices", "update", "--from", "new.txt", "--sha256", Hash);
        workspace.Write("magsag.catalogue.txt", Newer.Replace("in 1", "in 0.1", StringComparison.Ordinal));

        Assert.Contains("SHA-256", (await workspace.RunAsync("prices", "show", "gpt-4o")).Refused(3));
    }

    [Fact]
    public async Task An_older_catalogue_is_refused()
    {
        string old = Newer.Replace("2027-01-15", "2024-01-15", StringComparison.Ordinal);
        using var workspace = new Workspace();
        workspace.Write("old.txt", old);

        Assert.Contains("older than the prices in use", (await workspace.RunAsync("prices", "update", "--from", "old.txt", "--sha256", Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(old))))).Refused(2));
    }

    [Fact]
    public void Only_bytes_that_the_key_signed_are_taken()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        byte[] content = Encoding.UTF8.GetBytes(Newer);
        byte[] signature = key.SignData(content, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        var known = new CatalogueKey(key.ExportSubjectPublicKeyInfoPem());

        Assert.True(known.Signed(content, signature));
        Assert.False(known.Signed([.. content, 0], signature));
        Assert.False(known.Signed(content, [1, 2, 3]));
        Assert.False(CatalogueKey.Shipped.Signed(content, signature));
    }

    [Fact]
    public void Prices_older_than_90_days_say_so()
    {
        DateTimeOffset read = PriceCatalog.Embedded.AsOf;

        Assert.Null(PriceAge.Warning(PriceCatalog.Embedded, read.AddDays(90)));
        Assert.Contains("91 days old", PriceAge.Warning(PriceCatalog.Embedded, read.AddDays(91)));
    }

    [Fact]
    public async Task Hours_later_prices_and_fees_are_shown()
    {
        using var workspace = new Workspace();

        string hourly = (await workspace.RunAsync("prices", "show", "deepseek-v4-pro", "--csv")).Succeeded();
        string later = (await workspace.RunAsync("prices", "show", "gemini-3.8-flash", "--csv")).Succeeded();

        Assert.Contains("01:00-04:00 UTC mon-fri,standard,0,1.32,", hourly);
        Assert.Contains("from 2027-01-01,standard,0,1.5,", later);
        Assert.Contains("search_usd_per_thousand", (await workspace.RunAsync("prices", "show", "gpt-4o", "--csv")).Succeeded());
    }
}
