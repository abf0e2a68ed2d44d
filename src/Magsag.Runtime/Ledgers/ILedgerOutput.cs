namespace Magsag.Runtime.Ledgers;

/// <summary>Where the ledger's lines go.</summary>
internal interface ILedgerOutput
{
    /// <summary>Appends lines, all or none.</summary>
    /// <exception cref="IOException">They couldn't be written.</exception>
    void Append(ReadOnlySpan<byte> lines);

    /// <summary>Begins the file, so that the session is known before its first record is there.</summary>
    /// <exception cref="IOException">It couldn't be written.</exception>
    void Begin()
    {
    }

    void Close();
}
