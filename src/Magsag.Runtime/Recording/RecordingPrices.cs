using System.Collections.Concurrent;
using Magsag.Ledger.Files;
using Magsag.Pricing.Catalogue;
using Microsoft.Extensions.Logging;

namespace Magsag.Runtime.Recording;

/// <summary>Finds the prices that a process records with.</summary>
internal static class RecordingPrices
{
    private static readonly ConcurrentDictionary<string, Lazy<PriceCatalog>> Files = new(StringComparer.Ordinal);

    /// <summary>The catalogue, with the host's own prices over it; null when those can't be read: a guess would be a wrong cost.</summary>
    public static PriceCatalog? For(RecordingHost host, ILogger logger)
    {
        if (host.PricesFile is not { } file)
        {
            return PriceCatalog.Embedded;
        }

        try
        {
            return Files.GetOrAdd(file, static path => new Lazy<PriceCatalog>(() => Read(path))).Value;
        }
        catch (UnreadableInputException error)
        {
            RuntimeLog.BadPrices(logger, file, error.Line > 0 ? $"line {error.Line}: {error.Message}" : error.Message);
            return null;
        }
    }

    // Looked up by name: an app without own prices doesn't have to carry a reader of YAML. Trimming keeps what is named like this.
    private static PriceCatalog Read(string path)
    {
        Func<string, PriceCatalog, PriceCatalog> reader = Type.GetType("Magsag.Yaml.OwnPrices, Magsag.Yaml")?.GetMethod("Over")?.CreateDelegate<Func<string, PriceCatalog, PriceCatalog>>()
            ?? throw new UnreadableInputException(path, 0, "Own prices are written in YAML; add the package Magsag.Yaml, which reads it.");
        return reader(path, PriceCatalog.Embedded);
    }
}
