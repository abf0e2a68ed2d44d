namespace Magsag.Cli.Figures;

/// <summary>Divides figures. What is divided by nothing isn't known, nor is a part of what isn't known.</summary>
internal static class Quotient
{
    private const int Places = 12;
    private const int SharePlaces = 6;

    public static decimal? Divide(decimal? dividend, decimal divisor) => divisor == 0m || dividend is not { } known ? null : Math.Round(known / divisor, Places);

    /// <summary>A part of a whole, from 0 to 1.</summary>
    public static decimal? Share(decimal part, decimal whole) => whole == 0m ? null : Math.Round(part / whole, SharePlaces);
}
