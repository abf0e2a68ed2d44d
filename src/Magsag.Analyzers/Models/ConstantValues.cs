using Magsag.Analyzers.Sdks;
using Magsag.Analyzers.Syntax;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Magsag.Analyzers.Models;

/// <summary>Reads constants, through the conversions that SDKs hide them behind.</summary>
internal static class ConstantValues
{
    /// <summary>The value of a constant whole number; null when it isn't one.</summary>
    public static long? GetNumber(IOperation? value)
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
    public static string? GetModel(IOperation? value, KnownApis apis)
    {
        if (GetText(value) is { } text)
        {
            return text;
        }

        return value.Unwrapped() is IFieldReferenceOperation { Field: { } field } ? apis.GetModelId(field) : null;
    }

    /// <summary>The text of a constant expression; null when it isn't one.</summary>
    public static string? GetText(IOperation? value)
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
