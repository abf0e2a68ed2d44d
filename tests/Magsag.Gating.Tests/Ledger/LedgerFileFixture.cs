using System.Text;

namespace Magsag.Gating.Tests;

/// <summary>A ledger file in a directory of its own, gone after the test.</summary>
internal sealed class LedgerFileFixture : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public string Path => _directory.File("ledger.jsonl");

    public void Write(params string[] lines) => File.WriteAllText(Path, string.Concat(lines.Select(line => line + "\n")));

    public void Append(string text) => File.AppendAllText(Path, text, new UTF8Encoding(false));

    public List<LedgerRecord> ReadAll()
    {
        using var reader = new LedgerReader(Path);
        return [.. reader.ReadToEnd()];
    }

    public void Dispose() => _directory.Dispose();
}
