using System.Reflection;
using Magsag.Analyzers.CodeFixes;
using Magsag.Pricing.Costs;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace Magsag.Analyzers.Tests;

public sealed class RuleCatalogueTests
{
    private static readonly string Root = typeof(RuleCatalogueTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == "RepositoryRoot").Value!;

    public static TheoryData<string> Rules => [.. new LlmCallAnalyzer().SupportedDiagnostics.Select(rule => rule.Id)];

    private static DiagnosticDescriptor Descriptor(string id) => new LlmCallAnalyzer().SupportedDiagnostics.Single(rule => rule.Id == id);

    [Theory]
    [MemberData(nameof(Rules))]
    public void A_rule_has_a_page_with_its_title_and_every_section(string id)
    {
        string page = File.ReadAllText(Path.Combine(Root, "docs", "rules", id + ".md"));

        Assert.StartsWith($"# {id}: {Descriptor(id).Title}\n", page, StringComparison.Ordinal);
        Assert.All(["## Cause", "## Why it costs", "## Example", "## The fix, and when it is offered", "## Deliberately not flagged", "## Settings", "## Suppression"], section => Assert.Contains(section, page, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Rules))]
    public void A_rule_that_warns_states_how_often_it_was_right_on_real_code(string id)
    {
        string page = File.ReadAllText(Path.Combine(Root, "docs", "rules", id + ".md"));

        Assert.True(Descriptor(id).DefaultSeverity < DiagnosticSeverity.Warning || page.Contains("## Evidence", StringComparison.Ordinal), $"{id} warns, and its page has no evidence.");
        Assert.True(Descriptor(id).DefaultSeverity < DiagnosticSeverity.Error);
    }

    [Theory]
    [MemberData(nameof(Rules))]
    public void A_rules_help_link_leads_to_its_page(string id) =>
        Assert.Equal($"https://github.com/magsag/magsag/blob/main/docs/rules/{id}.md", Descriptor(id).HelpLinkUri);

    // The index is written by this test itself: MAGSAG_WRITE_INDEX=1 dotnet test --filter The_index_lists_every_rule
    [Fact]
    public void The_index_lists_every_rule_with_its_severity_and_fix()
    {
        string path = Path.Combine(Root, "docs", "rules", "README.md");
        string index = File.ReadAllText(path);
        int begin = index.IndexOf("| id |", StringComparison.Ordinal);
        int end = index.IndexOf("\n\n", begin, StringComparison.Ordinal);
        string written = index[..begin] + "| id | title | severity | fix |\n| --- | --- | --- | --- |\n" + string.Join('\n', new LlmCallAnalyzer().SupportedDiagnostics.Select(RowOf)) + index[end..];
        if (Environment.GetEnvironmentVariable("MAGSAG_WRITE_INDEX") == "1")
        {
            File.WriteAllText(path, written);
        }

        Assert.Equal(written, File.ReadAllText(path));
    }

    private static string RowOf(DiagnosticDescriptor rule)
    {
        string page = File.ReadAllText(Path.Combine(Root, "docs", "rules", rule.Id + ".md"));
        string fix = page.Split('\n').Single(line => line.StartsWith("| Fix |", StringComparison.Ordinal))["| Fix |".Length..].Trim(' ', '|');
        return $"| [{rule.Id}]({rule.Id}.md) | {rule.Title} | {rule.DefaultSeverity.ToString().ToLowerInvariant()} | {fix} |";
    }

    [Theory]
    [MemberData(nameof(Rules))]
    public void A_rules_page_states_its_severity(string id) =>
        Assert.Contains($"| Severity | {Descriptor(id).DefaultSeverity.ToString().ToLowerInvariant()}", File.ReadAllText(Path.Combine(Root, "docs", "rules", id + ".md")), StringComparison.Ordinal);

    [Theory]
    [MemberData(nameof(Rules))]
    public void A_rule_stands_in_the_release_notes(string id) =>
        Assert.Contains($"{id} | Cost | {Descriptor(id).DefaultSeverity} | {Descriptor(id).Title}", File.ReadAllText(Path.Combine(Root, "src", "Magsag.Analyzers", "AnalyzerReleases.Unshipped.md")), StringComparison.Ordinal);

    [Theory]
    [MemberData(nameof(Rules))]
    public void A_rule_has_a_bad_and_a_good_sample(string id)
    {
        Assert.True(File.Exists(Path.Combine(Root, "samples", "Squiggles", "Bad", id + ".cs")));
        Assert.True(File.Exists(Path.Combine(Root, "samples", "Squiggles", "Good", id + ".cs")));
    }

    [Fact]
    public void Every_fix_can_fix_all()
    {
        IEnumerable<CodeFixProvider> fixes = typeof(DocumentFix).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(DocumentFix)) && !type.IsAbstract).Select(type => (CodeFixProvider)Activator.CreateInstance(type)!);

        Assert.All(fixes, fix => Assert.Equal([FixAllScope.Document, FixAllScope.Project, FixAllScope.Solution], fix.GetFixAllProvider()!.GetSupportedFixAllScopes().Take(3)));
    }

    [Fact]
    public void The_analyzers_reference_only_what_the_oldest_supported_compiler_has()
    {
        Dictionary<string, Version> references = new[] { typeof(LlmCallAnalyzer), typeof(DocumentFix), typeof(Magsag.Pricing.Catalogue.PriceCatalog) }
            .SelectMany(type => type.Assembly.GetReferencedAssemblies())
            .DistinctBy(reference => (reference.Name, reference.Version))
            .Where(reference => !reference.Name!.StartsWith("Magsag.", StringComparison.Ordinal))
            .ToDictionary(reference => reference.Name!, reference => reference.Version!);

        Assert.Equal(
            ["Microsoft.CodeAnalysis 4.8.0.0", "Microsoft.CodeAnalysis.CSharp 4.8.0.0", "Microsoft.CodeAnalysis.Workspaces 4.8.0.0", "System.Collections.Immutable 7.0.0.0", "netstandard 2.0.0.0"],
            references.Where(reference => reference.Key is not ("System.Memory" or "System.Composition.AttributedModel")).Select(reference => $"{reference.Key} {reference.Value}").Order(StringComparer.Ordinal));
    }
}
