namespace Magsag.Cli.Figures;

/// <summary>Divides figures; what is divided by nothing isn't known, nor a part of what isn't known.</summary>
internal static class Quotient
{
    private const int Places = 12;

    public static decimal? Of(decimal? dividend, decimal divisor) => divisor == 0m || dividend is not { } known ? null : Math.Round(known / divisor, Places);
}
