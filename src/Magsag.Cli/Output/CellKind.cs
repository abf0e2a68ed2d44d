namespace Magsag.Cli.Output;

/// <summary>What a figure is, which decides how people read it; programs always get the exact value.</summary>
internal enum CellKind
{
    /// <summary>A text.</summary>
    Text,

    /// <summary>A number of things: <c>1,234</c>.</summary>
    Count,

    /// <summary>A number of tokens: <c>45.2k</c>.</summary>
    Tokens,

    /// <summary>US dollars, exact.</summary>
    Money,

    /// <summary>A list price in US dollars, never rounded: <c>$2.125</c>.</summary>
    Price,

    /// <summary>A part of a whole, from 0 to 1: <c>66.7 %</c>.</summary>
    Share,

    /// <summary>One figure divided by another: <c>0.198</c>.</summary>
    Ratio,

    /// <summary>A point in time, shown in the wanted time zone.</summary>
    Time,
}
