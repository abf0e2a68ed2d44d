using System.Reflection;
using Magsag.Analyzers.Corpus.Scoring;

namespace Magsag.Analyzers.Tests;

/// <summary>What docs/rules/precision.md says is what the corpus' stored labels and results say.</summary>
public sealed class CorpusTests
{
    private static readonly string Root = typeof(CorpusTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == "RepositoryRoot").Value!;

    private static readonly string Data = Path.Combine(Root, "bench", "Magsag.Analyzers.Corpus");

    private static readonly IReadOnlyList<Label> Labels = Label.Read(Path.Combine(Data, "labels.csv"));

    private static readonly IReadOnlyList<Repository> Repositories = Repository.Read(Path.Combine(Data, "repositories.csv"));

    private static readonly IReadOnlyList<Result> Results = Result.Read(Path.Combine(Data, "results.csv"));

    [Fact]
    public void Every_label_has_one_result()
    {
        Label[] judged = [.. Labels.Where(label => label.IsOfRule)];

        Assert.Equal([], judged.Where(label => Results.Count(result => result.IsOf(label)) != 1));
    }

    [Fact]
    public void Results_without_a_label_are_diagnostics_that_nobody_expected() =>
        Assert.Equal([], Results.Where(result => result.Outcome != Outcome.Wrong && !Labels.Any(result.IsOf)));

    [Fact]
    public void The_repositories_are_those_of_the_labels() =>
        Assert.Equal(Repositories.Select(repository => repository.Name).Order(StringComparer.Ordinal), Labels.Select(label => label.Repository).Distinct().Order(StringComparer.Ordinal));

    [Fact]
    public void The_table_is_what_labels_and_results_give()
    {
        string page = File.ReadAllText(Path.Combine(Root, "docs", "rules", "precision.md"));

        Assert.Equal(page, PrecisionReport.Replace(page, PrecisionReport.Render(Repositories, Labels, Results)));
    }

    // The intervals of the usual textbook examples, to a tenth of a percent.
    [Theory]
    [InlineData(0, 10, 0.0, 0.278)]
    [InlineData(10, 10, 0.722, 1.0)]
    [InlineData(81, 263, 0.255, 0.366)]
    public void Intervals_are_those_of_Wilson(int part, int whole, double low, double high)
    {
        (double actualLow, double actualHigh) = new Share(part, whole).Interval;

        Assert.Equal(low, actualLow, 0.0006);
        Assert.Equal(high, actualHigh, 0.0006);
    }
}
