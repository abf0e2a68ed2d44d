namespace Magsag.Runtime;

/// <summary>Where the ledger's lines go.</summary>
internal interface ILedgerOutput
{
    /// <summary>Appends lines, all or none.</summary>
    /// <exception cref="IOException">They couldn't be written.</exception>
    void Append(ReadOnlySpan<byte> lines);

    void Close();
}
