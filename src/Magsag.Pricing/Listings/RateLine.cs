namespace Magsag.Pricing.Listings;

/// <summary>Prices as the catalogue lists them: for one channel (standard, batch, flex, priority) and from one context length on.</summary>
internal sealed record RateLine(string Channel, long Over, Rates Rates)
{
    /// <summary>The first line whose tier the standard prices lack, so that it would never apply; null when there is none.</summary>
    public static RateLine? WithoutStandardTier(IReadOnlyList<RateLine> lines) =>
        lines.FirstOrDefault(line => !lines.Any(other => other.Channel == Channels.All[Channels.Standard] && other.Over == line.Over));
}
