using Magsag.Storage.Reconciling;

namespace Magsag.Cli.Reconciling;

/// <summary>What an export of a provider looks like.</summary>
/// <param name="Title">Whose it is, and of what.</param>
/// <param name="Providers">The names under which calls to that provider are recorded, the catalogue's own first.</param>
/// <param name="Signature">The columns by which it is recognised, without case and separators.</param>
/// <param name="Read">Reads a row.</param>
internal sealed record UsageExportFormat(string Title, IReadOnlyList<string> Providers, IReadOnlyList<string> Signature, Func<ExportRow, ProviderCount> Read)
{
    /// <summary>The other columns that it must have.</summary>
    public IReadOnlyList<string> Required { get; init; } = [];

    /// <summary>How to get an export that can be read.</summary>
    public required string Remedy { get; init; }

    /// <summary>The columns of figures that are read, or that repeat what others say, without case and separators.</summary>
    public required IReadOnlySet<string> Known { get; init; }

    /// <summary>Whether a row is about calls of language models.</summary>
    public Func<ExportRow, bool> IsCounted { get; init; } = static _ => true;
}
