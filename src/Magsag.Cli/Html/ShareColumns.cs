using System.Globalization;

namespace Magsag.Cli.Html;

/// <summary>The columns of a table of shares: the same decimals in every row, and shares of one whole.</summary>
internal sealed class ShareColumns(TokenTotals whole)
{
    private readonly MoneyColumn _cost = MoneyColumn.For([whole.CostUsd]);
    private readonly MoneyColumn _perCall = MoneyColumn.For([whole.Calls == 0 ? 0m : whole.CostUsd / whole.Calls]);

    public void WriteRow(HtmlBuilder page, CostShare share)
    {
        page.Add($"<tr><th scope=\"row\" dir=\"auto\">{new NameText(share.Name)}</th>");
        WriteFigures(page, share.Totals);
    }

    /// <summary>A row of several together.</summary>
    public void WriteSum(HtmlBuilder page, string name, TokenTotals totals)
    {
        page.Add($"<tr class=\"sum\"><th scope=\"row\">{name}</th>");
        WriteFigures(page, totals);
    }

    private void WriteFigures(HtmlBuilder page, TokenTotals totals)
    {
        page.Add($"<td class=\"number\">{_cost.Text(totals.CostUsd, totals)}</td><td class=\"number\">{ShareText(totals)}</td><td class=\"number\">{MoneyText.Count(totals.Calls)}</td>");
        if (totals.Calls == 0)
        {
            page.AddMarkup("<td class=\"number\">–</td>");
        }
        else
        {
            page.Add($"<td class=\"number\">{_perCall.Text(totals.CostUsd / totals.Calls, totals)}</td>");
        }

        page.Add($"<td class=\"number\">{MoneyText.Count(totals.InputTokens)}</td><td class=\"number\">{MoneyText.Count(totals.OutputTokens)}</td></tr>\n");
    }

    private string ShareText(TokenTotals part)
    {
        if (whole.CostUsd <= 0m || CostText.IsUnknown(part.CostUsd, part))
        {
            return "–";
        }

        decimal percent = part.CostUsd / whole.CostUsd * 100m;
        return percent is > 0m and < 0.05m ? "< 0.1 %" : percent.ToString("0.0", CultureInfo.InvariantCulture) + " %";
    }
}
