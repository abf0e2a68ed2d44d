using System.Security.Cryptography;
using System.Text;
using Magsag.Cli.Hosting;
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
    }

    [Fact]
    public async Task A_build_without_a_key_checks_no_signature()
    {
        using var workspace = new Workspace();
        workspace.Write("new.txt", Newer);

        Assert.Null(CatalogueKey.Shipped);
        Assert.Equal("magsag: No key is shipped in this build of magsag, so no signature can be checked; give --sha256 instead.", (await workspace.RunAsync("prices", "update", "--from", "new.txt", "--signature", "new.sig", "--sha256", Hash)).Refused(2));
        Assert.False(File.Exists(workspace.PathOf("magsag.catalogue.txt")));
    }

    [Fact]
    public async Task A_build_with_a_key_takes_what_it_signed_and_nothing_else()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var workspace = new Workspace();
        workspace.Write("new.txt", Newer);
        File.WriteAllBytes(workspace.PathOf("new.sig"), key.SignData(Encoding.UTF8.GetBytes(Newer), HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence));
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);

        ToolResult wrong = await UpdateAsync(workspace, other);
        Assert.Equal((3, false), (wrong.ExitCode, File.Exists(workspace.PathOf("magsag.catalogue.txt"))));
        Assert.Equal("magsag: new.txt isn't signed by the key that this build ships; nothing was written.", wrong.Refused(3));
        Assert.Equal((0, true), ((await UpdateAsync(workspace, key)).ExitCode, File.Exists(workspace.PathOf("magsag.catalogue.txt"))));
    }

    [Fact]
    public async Task A_catalogue_is_fetched_from_an_address()
    {
        using var server = new LoopbackFile(Encoding.UTF8.GetBytes(Newer));
        using var workspace = new Workspace();

        ToolResult result = await workspace.RunAsync("prices", "update", "--from", server.Address + "prices.txt", "--sha256", Hash);

        Assert.Equal((0, "Magsag: prices of 2027-01-15 in magsag.catalogue.txt, named in magsag.prices.yaml. Commit both.\n"), (result.ExitCode, result.Error));
        Assert.Equal(Newer, workspace.Read("magsag.catalogue.txt"));
    }

    [Fact]
    public async Task An_address_that_has_nothing_or_other_bytes_is_refused()
    {
        using var server = new LoopbackFile(Encoding.UTF8.GetBytes(Newer + " "));
        using var workspace = new Workspace();

        Assert.Contains("404", (await workspace.RunAsync("prices", "update", "--from", server.Address + "missing", "--sha256", Hash)).Refused(3));
        Assert.Contains("not " + Hash, (await workspace.RunAsync("prices", "update", "--from", server.Address + "prices.txt", "--sha256", Hash)).Refused(3));
        Assert.Equal("magsag: 'http://example.com/prices.txt' is neither a file nor an https address.", (await workspace.RunAsync("prices", "update", "--from", "http://example.com/prices.txt", "--sha256", Hash)).Refused(2));
        Assert.False(File.Exists(workspace.PathOf("magsag.catalogue.txt")) || File.Exists(workspace.PathOf("magsag.prices.yaml")));
    }

    private static async Task<ToolResult> UpdateAsync(Workspace workspace, ECDsa key)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        var terminal = new Terminal { Out = output, Error = error, Directory = workspace.Directory, Clock = new FixedClock(Workspace.Now) };
        try
        {
            int exitCode = await PricesUpdateCommand.Create(terminal, new CatalogueKey(key.ExportSubjectPublicKeyInfoPem())).Parse(["--from", "new.txt", "--signature", "new.sig"])
                .InvokeAsync(new System.CommandLine.InvocationConfiguration { EnableDefaultExceptionHandler = false });
            return new ToolResult(exitCode, output.ToString(), error.ToString());
        }
        catch (CommandFailure failure)
        {
            terminal.WriteNotice($"magsag: {failure.Message}");
            return new ToolResult(failure.Code, output.ToString(), error.ToString());
        }
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
