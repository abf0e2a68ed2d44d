using System.IO.Compression;
using System.Text;
using System.Xml.Linq;

namespace Magsag.EndToEnd.Tests;

public sealed class PackageContentTests(PackageFeed feed)
{
    private static readonly string[] EveryPackage = ["README.md", "[Content_Types].xml", "_rels/.rels", "icon.png", "package/services/metadata/core-properties/nuget.psmdcp"];

    [Theory]
    [InlineData("Magsag", "build/net8.0/Magsag.targets buildTransitive/net8.0/Magsag.targets lib/net10.0/_._ lib/net8.0/_._ testhost/net10.0/Magsag.Gating.dll testhost/net10.0/Magsag.TestingPlatform.dll testhost/net8.0/Magsag.Gating.dll testhost/net8.0/Magsag.TestingPlatform.dll")]
    [InlineData("Magsag.Pricing", "lib/netstandard2.0/Magsag.Pricing.dll lib/netstandard2.0/Magsag.Pricing.xml")]
    [InlineData("Magsag.Ledger", "lib/net10.0/Magsag.Ledger.dll lib/net10.0/Magsag.Ledger.xml lib/net8.0/Magsag.Ledger.dll lib/net8.0/Magsag.Ledger.xml lib/netstandard2.0/Magsag.Ledger.dll lib/netstandard2.0/Magsag.Ledger.xml")]
    [InlineData("Magsag.Yaml", "lib/net10.0/Magsag.Yaml.dll lib/net10.0/Magsag.Yaml.xml lib/net8.0/Magsag.Yaml.dll lib/net8.0/Magsag.Yaml.xml lib/netstandard2.0/Magsag.Yaml.dll lib/netstandard2.0/Magsag.Yaml.xml")]
    [InlineData("Magsag.Gating", "lib/net10.0/Magsag.Gating.dll lib/net10.0/Magsag.Gating.xml lib/net8.0/Magsag.Gating.dll lib/net8.0/Magsag.Gating.xml lib/netstandard2.0/Magsag.Gating.dll lib/netstandard2.0/Magsag.Gating.xml")]
    [InlineData("Magsag.Runtime", "lib/net10.0/Magsag.Runtime.dll lib/net10.0/Magsag.Runtime.xml lib/net8.0/Magsag.Runtime.dll lib/net8.0/Magsag.Runtime.xml")]
    [InlineData("Magsag.Tokens", "lib/net10.0/Magsag.Tokens.dll lib/net10.0/Magsag.Tokens.xml lib/net8.0/Magsag.Tokens.dll lib/net8.0/Magsag.Tokens.xml")]
    [InlineData("Magsag.Storage", "lib/net10.0/Magsag.Storage.dll lib/net10.0/Magsag.Storage.xml lib/net8.0/Magsag.Storage.dll lib/net8.0/Magsag.Storage.xml")]
    [InlineData("Magsag.AspNetCore", "lib/net10.0/Magsag.AspNetCore.dll lib/net10.0/Magsag.AspNetCore.xml lib/net8.0/Magsag.AspNetCore.dll lib/net8.0/Magsag.AspNetCore.xml")]
    [InlineData("Magsag.Testing", "build/Magsag.Testing.targets buildTransitive/Magsag.Testing.targets lib/net10.0/Magsag.Testing.dll lib/net10.0/Magsag.Testing.xml lib/net8.0/Magsag.Testing.dll lib/net8.0/Magsag.Testing.xml")]
    [InlineData("Magsag.TestingPlatform", "build/Magsag.TestingPlatform.props build/Magsag.TestingPlatform.targets buildTransitive/Magsag.TestingPlatform.props buildTransitive/Magsag.TestingPlatform.targets lib/net10.0/Magsag.TestingPlatform.dll lib/net10.0/Magsag.TestingPlatform.xml lib/net8.0/Magsag.TestingPlatform.dll lib/net8.0/Magsag.TestingPlatform.xml")]
    [InlineData("Magsag.Analyzers", "analyzers/dotnet/cs/Magsag.Analyzers.CodeFixes.dll analyzers/dotnet/cs/Magsag.Analyzers.dll analyzers/dotnet/cs/Magsag.Pricing.dll")]
    [InlineData("Magsag.Build.Tasks", "build/Magsag.Build.Tasks.Policy.targets build/Magsag.Build.Tasks.Sources.targets build/Magsag.Build.Tasks.props build/Magsag.Build.Tasks.targets buildTransitive/Magsag.Build.Tasks.props buildTransitive/Magsag.Build.Tasks.targets tasks/net10.0/Magsag.Build.Tasks.dll tasks/net10.0/Magsag.Gating.dll tasks/net10.0/Magsag.Ledger.dll tasks/net10.0/Magsag.Pricing.dll tasks/net10.0/Magsag.Yaml.dll tasks/net10.0/YamlDotNet.dll tasks/netstandard2.0/Magsag.Build.Tasks.dll tasks/netstandard2.0/Magsag.Gating.dll tasks/netstandard2.0/Magsag.Ledger.dll tasks/netstandard2.0/Magsag.Pricing.dll tasks/netstandard2.0/Magsag.Yaml.dll tasks/netstandard2.0/Microsoft.Bcl.AsyncInterfaces.dll tasks/netstandard2.0/System.Buffers.dll tasks/netstandard2.0/System.Collections.Immutable.dll tasks/netstandard2.0/System.IO.Pipelines.dll tasks/netstandard2.0/System.Memory.dll tasks/netstandard2.0/System.Numerics.Vectors.dll tasks/netstandard2.0/System.Reflection.Metadata.dll tasks/netstandard2.0/System.Runtime.CompilerServices.Unsafe.dll tasks/netstandard2.0/System.Text.Encodings.Web.dll tasks/netstandard2.0/System.Text.Json.dll tasks/netstandard2.0/System.Threading.Tasks.Extensions.dll tasks/netstandard2.0/YamlDotNet.dll")]
    public void A_package_has_exactly_these_entries(string package, string entries)
    {
        string[] expected = [.. EveryPackage, $"{package}.nuspec", .. entries.Split(' ', StringSplitOptions.RemoveEmptyEntries)];
        using ZipArchive archive = Open(package);

        Assert.Equal(expected.Order(StringComparer.Ordinal), archive.Entries.Select(entry => entry.FullName).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("Magsag", "net10.0: Magsag.Analyzers Magsag.Build.Tasks Magsag.Runtime Magsag.Yaml | net8.0: Magsag.Analyzers Magsag.Build.Tasks Magsag.Runtime Magsag.Yaml")]
    [InlineData("Magsag.Pricing", ".NETStandard2.0:")]
    [InlineData("Magsag.Ledger", "net10.0: Magsag.Pricing | net8.0: Magsag.Pricing | .NETStandard2.0: Magsag.Pricing System.Reflection.Metadata System.Text.Json")]
    [InlineData("Magsag.Yaml", "net10.0: Magsag.Ledger YamlDotNet | net8.0: Magsag.Ledger YamlDotNet | .NETStandard2.0: Magsag.Ledger YamlDotNet")]
    [InlineData("Magsag.Gating", "net10.0: Magsag.Yaml | net8.0: Magsag.Yaml | .NETStandard2.0: Magsag.Yaml")]
    [InlineData("Magsag.Runtime", "net10.0: Magsag.Ledger Microsoft.Extensions.AI System.ClientModel | net8.0: Magsag.Ledger Microsoft.Extensions.AI System.ClientModel System.Net.ServerSentEvents")]
    [InlineData("Magsag.Tokens", "net10.0: Magsag.Runtime Microsoft.ML.Tokenizers Microsoft.ML.Tokenizers.Data.Cl100kBase Microsoft.ML.Tokenizers.Data.O200kBase | net8.0: Magsag.Runtime Microsoft.ML.Tokenizers Microsoft.ML.Tokenizers.Data.Cl100kBase Microsoft.ML.Tokenizers.Data.O200kBase")]
    [InlineData("Magsag.Storage", "net10.0: Magsag.Runtime Microsoft.Data.Sqlite Npgsql | net8.0: Magsag.Runtime Microsoft.Data.Sqlite Npgsql")]
    [InlineData("Magsag.AspNetCore", "net10.0: Magsag.Runtime | net8.0: Magsag.Runtime")]
    [InlineData("Magsag.Testing", "net10.0: Magsag.Runtime Magsag.Tokens Microsoft.Extensions.Http | net8.0: Magsag.Runtime Magsag.Tokens Microsoft.Extensions.Http")]
    [InlineData("Magsag.TestingPlatform", "net10.0: Magsag.Build.Tasks Magsag.Gating Magsag.Runtime Microsoft.Testing.Platform | net8.0: Magsag.Build.Tasks Magsag.Gating Magsag.Runtime Microsoft.Testing.Platform")]
    [InlineData("Magsag.Analyzers", "")]
    [InlineData("Magsag.Build.Tasks", "")]
    public void A_package_depends_on_exactly_these(string package, string groups)
    {
        XDocument nuspec = ReadNuspec(package);
        IEnumerable<string> found = nuspec.Descendants().Where(element => element.Name.LocalName == "group" && element.Parent?.Name.LocalName == "dependencies").Select(group =>
            $"{group.Attribute("targetFramework")?.Value}: {string.Join(' ', group.Elements().Select(dependency => dependency.Attribute("id")!.Value))}".Trim());

        Assert.Equal(groups, string.Join(" | ", found));
    }

    [Theory]
    [InlineData("Magsag")]
    [InlineData("Magsag.Ledger")]
    [InlineData("Magsag.Yaml")]
    [InlineData("Magsag.Gating")]
    [InlineData("Magsag.Runtime")]
    [InlineData("Magsag.Storage")]
    [InlineData("Magsag.AspNetCore")]
    [InlineData("Magsag.Testing")]
    [InlineData("Magsag.TestingPlatform")]
    public void Packages_ask_for_exactly_their_own_version_of_each_other(string package)
    {
        string[] versions = [.. ReadNuspec(package).Descendants().Where(static element => element.Attribute("id")?.Value.StartsWith("Magsag", StringComparison.Ordinal) == true).Select(static element => element.Attribute("version")!.Value).Distinct()];

        Assert.Equal([$"[{feed.Version}]"], versions);
    }

    [Theory]
    [InlineData("Magsag.Runtime", "net8.0")]
    [InlineData("Magsag.Runtime", "net10.0")]
    [InlineData("Magsag.Pricing", "netstandard2.0")]
    public void Symbols_lead_to_the_sources_of_the_commit_that_the_package_names(string package, string framework)
    {
        XElement repository = ReadNuspec(package).Descendants().Single(static element => element.Name.LocalName == "repository");
        string commit = repository.Attribute("commit")!.Value;
        using ZipArchive symbols = ZipFile.OpenRead(Path.Combine(feed.Path, $"{package}.{feed.Version}.snupkg"));
        using var copy = new MemoryStream();
        using (Stream file = symbols.GetEntry($"lib/{framework}/{package}.pdb")!.Open())
        {
            file.CopyTo(copy);
        }

        Assert.Matches("^[0-9a-f]{40}$", commit);
        Assert.Equal("https://github.com/magsag/magsag", repository.Attribute("url")!.Value);
        Assert.Contains($"https://raw.githubusercontent.com/magsag/magsag/{commit}/", Encoding.UTF8.GetString(copy.ToArray()), StringComparison.Ordinal);
    }

    [Fact]
    public void A_package_says_in_a_readme_of_its_own_which_frameworks_it_is_for()
    {
        string[] readmes = [.. Directory.GetFiles(feed.Path, "*.nupkg").Select(static path =>
        {
            using ZipArchive package = ZipFile.OpenRead(path);
            using var reader = new StreamReader(package.GetEntry("README.md")!.Open());
            return reader.ReadToEnd();
        })];

        Assert.All(readmes, static readme => Assert.Contains("**Frameworks**: ", readme, StringComparison.Ordinal));
        Assert.Equal(14, readmes.Distinct().Count());
    }

    [Theory]
    [InlineData("Magsag.Analyzers")]
    [InlineData("Magsag.Build.Tasks")]
    public void What_the_umbrella_package_brings_reaches_whoever_installs_it(string dependency)
    {
        XElement[] found = [.. ReadNuspec("Magsag").Descendants().Where(element => element.Attribute("id")?.Value == dependency)];

        Assert.Equal(["All", "All"], found.Select(static element => element.Attribute("include")?.Value));
    }

    private ZipArchive Open(string package) => ZipFile.OpenRead(Path.Combine(feed.Path, $"{package}.{feed.Version}.nupkg"));

    private XDocument ReadNuspec(string package)
    {
        using ZipArchive archive = Open(package);
        using Stream stream = archive.GetEntry($"{package}.nuspec")!.Open();
        return XDocument.Load(stream);
    }
}
