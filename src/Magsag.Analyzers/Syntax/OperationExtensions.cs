using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Magsag.Analyzers.Syntax;

/// <summary>Reads operations past what is only their form.</summary>
internal static class OperationExtensions
{
    /// <summary>The operation below the conversions around it, or the constant that they make of it.</summary>
    public static IOperation? Unwrapped(this IOperation? value)
    {
        while (value is IConversionOperation { ConstantValue.HasValue: false, Operand: { } operand })
        {
            value = operand;
        }

        return value;
    }

    /// <summary>What a method is called on, for an extension method too; null for a static one.</summary>
    public static IOperation? Receiver(this IInvocationOperation call) =>
        call.Instance ?? (call.TargetMethod.IsExtensionMethod && call.Arguments.Length > 0 ? call.Arguments[0].Value : null);

    /// <summary>The argument for a parameter, be it only the parameter's default; null when there is no such parameter.</summary>
    public static IArgumentOperation? For(this IEnumerable<IArgumentOperation> arguments, string? parameter)
    {
        foreach (IArgumentOperation argument in arguments)
        {
            if (argument.Parameter?.Name == parameter)
            {
                return argument;
            }
        }

        return null;
    }
}
