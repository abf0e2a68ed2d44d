namespace Magsag.Ledger.Figures;

/// <summary>Money as exact decimals.</summary>
internal static class ExactMoney
{
    /// <summary>The same value in its shortest form: 1.50 and 1.5 are one amount and must be the same bytes.</summary>
    // Dividing by a one with the full 28 places makes decimal drop what only pads the scale.
    public static decimal WithoutTrailingZeros(decimal value) => value / 1.0000000000000000000000000000m;
}
