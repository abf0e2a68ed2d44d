using System.Runtime.CompilerServices;

namespace Magsag.Gating;

/// <summary>The texts by which a summary tells calls apart, as symbols at the places of their <see cref="LedgerMember"/>; <see cref="LedgerMember.Batch"/> is 0 or 1.</summary>
[InlineArray(Count)]
internal struct CallSymbols
{
    public const int Count = (int)LedgerMember.Batch + 1;

    private int _first;

    /// <summary>The model as billed or, where no response named one, as asked for.</summary>
    public readonly int BilledModel => this[(int)LedgerMember.Model] is var model && model != SymbolTable.None ? model : this[(int)LedgerMember.RequestedModel];

    public readonly int Of(LedgerMember member) => this[(int)member];
}
