using System.Globalization;
using System.Text;
using Magsag.Gating.Verdicts;

namespace Magsag.Cli.Flow.Verdicts;

/// <summary>The verdict's figures as <c>name=value</c> lines, which scripts and CI servers take over as variables. What isn't known is empty.</summary>
internal static class DotenvVerdict
{
    public static string Print(Verdict verdict)
    {
        bool judged = verdict.IsJudged;
        decimal? change = judged && verdict.BaselineCost is { } baseline ? MoneyText.PercentOf(baseline, verdict.Cost) : null;
        var text = new StringBuilder();
        Add(text, "passed", verdict.Failed ? "false" : "true");
        Add(text, "status", verdict.Status);
        Add(text, "calls", judged ? verdict.Calls.ToString(CultureInfo.InvariantCulture) : "");
        Add(text, "cost_usd", judged ? Exact(verdict.CostUsd) : "");
        Add(text, "cost_kind", judged ? CostJson.WordOf(verdict.Cost.Kind) : "");
        Add(text, "baseline_usd", verdict.BaselineUsd is { } usd ? Exact(usd) : "");
        Add(text, "change_percent", change is { } percent ? Exact(Math.Round(percent, 2)) : "");
        return text.ToString();
    }

    private static void Add(StringBuilder text, string name, string value) => text.Append(name).Append('=').Append(value).Append('\n');

    private static string Exact(decimal figure) => ExactMoney.WithoutTrailingZeros(figure).ToString(CultureInfo.InvariantCulture);
}
