using System.Reflection;
using Magsag.Analyzers.CodeFixes;
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
    public void A_rules_help_link_leads_to_its_page(string id) =>
        Assert.Equal($"https://github.com/magsag/magsag/blob/main/docs/rules/{id}.md", Descriptor(id).HelpLinkUri);

    [Theory]
    [MemberData(nameof(Rules))]
    public void A_rule_stands_in_the_index_with_its_severity(string id) =>
        Assert.Contains($"| [{id}]({id}.md) | {Descriptor(id).Title} | {Descriptor(id).DefaultSeverity.ToString().ToLowerInvariant()} |", File.ReadAllText(Path.Combine(Root, "docs", "rules", "README.md")), StringComparison.Ordinal);

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
        Dictionary<string, Version> references = new[] { typeof(LlmCallAnalyzer), typeof(DocumentFix), typeof(Magsag.Pricing.PriceCatalog) }
            .SelectMany(type => type.Assembly.GetReferencedAssemblies())
            .DistinctBy(reference => (reference.Name, reference.Version))
            .Where(reference => !reference.Name!.StartsWith("Magsag.", StringComparison.Ordinal))
            .ToDictionary(reference => reference.Name!, reference => reference.Version!);

        Assert.Equal(
            ["Microsoft.CodeAnalysis 4.8.0.0", "Microsoft.CodeAnalysis.CSharp 4.8.0.0", "Microsoft.CodeAnalysis.Workspaces 4.8.0.0", "System.Collections.Immutable 7.0.0.0", "netstandard 2.0.0.0"],
            references.Where(reference => reference.Key is not ("System.Memory" or "System.Composition.AttributedModel")).Select(reference => $"{reference.Key} {reference.Value}").Order(StringComparer.Ordinal));
    }
}
