namespace Magsag.Gating.Tests;

/// <summary>The record of one ledger line.</summary>
internal static class ParsedLine
{
    public static LedgerRecord Of(ReadOnlySpan<byte> line)
    {
        var parser = new LedgerLineParser();
        return parser.Parse(line).IsRecord ? new LedgerRecord(parser.Fields) : throw new ArgumentException("The line isn't a record's.", nameof(line));
    }
}
