using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Magsag.Analyzers;

/// <summary>Reads constant texts, through the conversions that SDKs hide them behind.</summary>
internal static class Constants
{
    /// <summary>The text of a constant expression; null when it isn't one.</summary>
    public static string? TextOf(IOperation? value)
    {
        while (value is not null)
        {
            if (value.ConstantValue is { HasValue: true, Value: string text })
            {
                return text;
            }

            value = value switch
            {
                IConversionOperation conversion => conversion.Operand,
                IParenthesizedOperation parenthesized => parenthesized.Operand,
                _ => null,
            };
        }

        return null;
    }
}
