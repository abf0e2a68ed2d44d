using System.Reflection.Emit;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;

namespace Magsag.Architecture.Tests;

/// <summary>The types, methods and fields that a method's instructions name.</summary>
internal static class InstructionTokens
{
    private const byte TwoByteOpCode = 0xFE;

    private static readonly Dictionary<int, OperandType> Operands = typeof(OpCodes).GetFields()
        .Select(static field => field.GetValue(null)).OfType<OpCode>()
        .ToDictionary(static code => (int)(ushort)code.Value, static code => code.OperandType);

    public static IReadOnlyList<EntityHandle> In(BlobReader instructions)
    {
        List<EntityHandle> found = [];
        while (instructions.RemainingBytes > 0)
        {
            int code = instructions.ReadByte();
            OperandType operand = Operands[code == TwoByteOpCode ? (code << 8) | instructions.ReadByte() : code];
            switch (operand)
            {
                case OperandType.InlineTok or OperandType.InlineType or OperandType.InlineMethod or OperandType.InlineField:
                    found.Add(MetadataTokens.EntityHandle(instructions.ReadInt32()));
                    break;
                case OperandType.InlineSwitch:
                    int targets = instructions.ReadInt32();
                    instructions.Offset += targets * sizeof(int);
                    break;
                default:
                    instructions.Offset += SizeOf(operand);
                    break;
            }
        }

        return found;
    }

    private static int SizeOf(OperandType operand) => operand switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
        OperandType.InlineVar => 2,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        _ => 4,
    };
}
