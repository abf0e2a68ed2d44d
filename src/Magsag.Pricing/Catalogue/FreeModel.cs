using Magsag.Pricing.Listings;

namespace Magsag.Pricing.Catalogue;

/// <summary>A model that runs on the caller's own machines: known to cost nothing, which is different from not being known.</summary>
internal static class FreeModel
{
    private static readonly PricePeriod Free = new()
    {
        Source = "own-machine",
        ReadOn = new DateTime(2026, 8, 21, 0, 0, 0, DateTimeKind.Utc),
        Lines = [new RateLine(Channels.All[Channels.Standard], 0, Rates.None.With(RateUnit.Input, 0m).With(RateUnit.Output, 0m).With(RateUnit.WebSearch, 0m).With(RateUnit.AudioHour, 0m))],
    };

    /// <summary>Ollama's tags of models that run in its cloud, which isn't free.</summary>
    public static bool IsServedElsewhere(string id) => id.EndsWith("-cloud", StringComparison.Ordinal) || id.EndsWith(":cloud", StringComparison.Ordinal);

    public static ModelPrice Create(string id, ProviderEntry provider) => new(new ModelEntry { Provider = provider.Name, Model = id, Periods = [Free] }, provider);
}
