namespace Magsag.Ledger.Records;

/// <summary>The tags of ledger lines, which mostly repeat themselves: what they are told apart by is made once.</summary>
internal sealed class LedgerTags() : Dictionary<string, string>(StringComparer.Ordinal)
{
    private string? _text;

    /// <summary>The tags as one text (<see cref="TagText"/>).</summary>
    public string Text => _text ??= TagText.Write(this);
}
