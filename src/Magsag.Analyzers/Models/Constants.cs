using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Magsag.Analyzers;

/// <summary>Reads constant texts, through the conversions that SDKs hide them behind.</summary>
internal static class Constants
{
    /// <summary>The value of a constant whole number; null when it isn't one.</summary>
    public static long? NumberOf(IOperation? value)
    {
        while (value is not null)
        {
            if (value.ConstantValue is { HasValue: true, Value: { } number })
            {
                return number switch { int small => small, long large => large, _ => null };
            }

            value = (value as IConversionOperation)?.Operand;
        }

        return null;
    }

    /// <summary>The model that an expression names, as a text or as a member of an SDK's enumeration; null when it isn't constant.</summary>
    public static string? ModelOf(IOperation? value, KnownApis apis)
    {
        if (TextOf(value) is { } text)
        {
            return text;
        }

        return value.Unwrapped() is IFieldReferenceOperation { Field: { } field } ? apis.ModelOf(field) : null;
    }

    /// <summary>The text of a constant expression; null when it isn't one.</summary>
    public static string? TextOf(IOperation? value)
    {
        while (value is not null)
        {
            if (value.ConstantValue is { HasValue: true, Value: string text })
            {
                return text;
            }

            value = (value as IConversionOperation)?.Operand;
        }

        return null;
    }
}
