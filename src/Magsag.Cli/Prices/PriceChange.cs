namespace Magsag.Cli.Prices;

/// <summary>What an import changes about one model.</summary>
/// <param name="Kind">What happens to it.</param>
/// <param name="Provider">The provider.</param>
/// <param name="Model">The model.</param>
/// <param name="Line">The line of the imported file.</param>
/// <param name="InputBefore">The input price before, in US dollars per million tokens.</param>
/// <param name="InputAfter">The input price after.</param>
/// <param name="OutputBefore">The output price before.</param>
/// <param name="OutputAfter">The output price after.</param>
/// <param name="Detail">The particulars in plain English, or null.</param>
internal sealed record PriceChange(
    PriceChangeKind Kind,
    string Provider,
    string Model,
    int Line,
    decimal? InputBefore,
    decimal? InputAfter,
    decimal? OutputBefore,
    decimal? OutputAfter,
    string? Detail = null)
{
    /// <summary>By how much the price of input or output moves, as a share of the price before; 0 where there was none.</summary>
    public decimal Size => Math.Max(Share(InputBefore, InputAfter), Share(OutputBefore, OutputAfter));

    private static decimal Share(decimal? before, decimal? after) => before is > 0m and { } old && after is { } now ? Math.Abs(now - old) / old : 0m;
}
