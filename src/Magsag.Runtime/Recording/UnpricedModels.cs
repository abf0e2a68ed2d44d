using System.Collections.Concurrent;
using Magsag.Pricing.Catalogue;
using Microsoft.Extensions.Logging;

namespace Magsag.Runtime.Recording;

/// <summary>Logs each model whose calls have no price, once.</summary>
/// <remarks>Names come from users and answers: neither their length nor their number may cost a call time, or the process memory. The nearest names are looked for off the caller's path.</remarks>
internal sealed class UnpricedModels(ILogger logger)
{
    private const int MostModels = 1_000;
    private const int MostLetters = 200;

    private readonly ConcurrentDictionary<string, bool> _told = new(StringComparer.Ordinal);
    private int _count;

    /// <summary>How many models were reported.</summary>
    public int Count => Math.Min(Volatile.Read(ref _count), MostModels);

    /// <summary>Logs a model, unless it was logged before.</summary>
    /// <param name="model">Its name.</param>
    /// <param name="price">Its entry in the catalogue, where it has one that lacks a price for the call.</param>
    /// <param name="catalog">The catalogue, for names that are like it.</param>
    public void Report(string model, ModelPrice? price, PriceCatalog catalog)
    {
        if (Volatile.Read(ref _count) >= MostModels || !logger.IsEnabled(LogLevel.Warning))
        {
            return;
        }

        string name = model.Length > MostLetters ? $"{model.AsSpan(0, MostLetters)}…" : model;
        if (!_told.TryAdd(name, true) || Interlocked.Increment(ref _count) > MostModels)
        {
            return;
        }

        ThreadPool.UnsafeQueueUserWorkItem(_ => Log(name, price, catalog), null);
    }

    private void Log(string name, ModelPrice? price, PriceCatalog catalog)
    {
        try
        {
            if (price is null)
            {
                RuntimeLog.Unpriced(logger, name, string.Join(", ", catalog.Nearest(name)));
            }
            else
            {
                RuntimeLog.PartlyUnpriced(logger, name);
            }
        }
        catch (Exception)
        {
            // A logger that throws here would end the process.
            CostMeter.CountFault();
        }
    }
}
