using System.Text;

namespace Magsag.Analyzers.Corpus.Scoring;

/// <summary>The part of docs/rules/precision.md that is computed from the stored labels and results.</summary>
internal static class PrecisionReport
{
    private const string Begin = "<!-- Computed by bench/Magsag.Analyzers.Corpus; a test compares it with the stored labels and results. -->";
    private const string End = "<!-- The end of what is computed. -->";

    public static string Render(IReadOnlyList<Repository> repositories, IReadOnlyList<Label> labels, IReadOnlyList<Result> results)
    {
        var text = new StringBuilder();
        text.Append(Begin).Append("\n\n");
        AppendRules(text, results);
        AppendPlaces(text, "Missed", results.Where(static result => result.Outcome == Outcome.Missed), labels);
        AppendPlaces(text, "Reported, and not expected", results.Where(static result => result.Outcome == Outcome.Wrong), labels);
        text.Append("### The repositories\n\n| repository | commit | read | labelled files |\n| --- | --- | --- | --- |\n");
        foreach (Repository repository in repositories)
        {
            int files = labels.Where(label => label.Repository == repository.Name).Select(static label => label.Path).Distinct().Count();
            text.Append($"| {repository.Name} | `{repository.Commit[..12]}` | {(repository.IsReadWhole ? "whole" : "by shape")} | {files} |\n");
        }

        return text.Append('\n').Append(End).ToString();
    }

    /// <summary>Replaces the computed part of a page.</summary>
    /// <exception cref="InvalidDataException">The page has no such part.</exception>
    public static string Replace(string page, string part)
    {
        int begin = page.IndexOf(Begin, StringComparison.Ordinal);
        int end = page.IndexOf(End, StringComparison.Ordinal);
        return begin >= 0 && end > begin
            ? page[..begin] + part + page[(end + End.Length)..]
            : throw new InvalidDataException($"The page has no part between '{Begin}' and '{End}'. Put the two comments where the table shall stand.");
    }

    private static void AppendRules(StringBuilder text, IReadOnlyList<Result> results)
    {
        text.Append("| rule | labelled findings | not analyzable | found | missed | wrong | precision | recall | near misses left alone | fixes applied | of them compiled |\n");
        text.Append("| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |\n");
        foreach (IGrouping<string, Result> rule in results.GroupBy(static result => result.Rule).OrderBy(static rule => rule.Key, StringComparer.Ordinal))
        {
            int Count(Outcome outcome, bool isFinding) => rule.Count(result => result.Outcome == outcome && result.IsFinding == isFinding);
            int found = Count(Outcome.Found, isFinding: true);
            int missed = Count(Outcome.Missed, isFinding: true);
            int wrong = Count(Outcome.Wrong, isFinding: false);
            int fixes = rule.Count(static result => result.Fix != FixOutcome.None);
            text.Append($"| {rule.Key} | {rule.Count(static result => result.IsFinding)} | {Count(Outcome.Unbound, isFinding: true)} | {found} | {missed} | {wrong} | {new Share(found, found + wrong)} | {new Share(found, found + missed)} ");
            text.Append($"| {Count(Outcome.Quiet, isFinding: false)} | {fixes} | {rule.Count(static result => result.Fix == FixOutcome.Compiled)} |\n");
        }

        text.Append('\n');
    }

    private static void AppendPlaces(StringBuilder text, string heading, IEnumerable<Result> results, IReadOnlyList<Label> labels)
    {
        text.Append($"### {heading}\n\n");
        foreach (Result result in results.OrderBy(static result => result.Rule, StringComparer.Ordinal))
        {
            string why = labels.FirstOrDefault(result.IsOf)?.Why ?? "no label";
            text.Append($"- {result.Rule}, {result.Repository}, `{result.Path}`, line {result.Line}: {why}\n");
        }

        text.Append('\n');
    }
}
