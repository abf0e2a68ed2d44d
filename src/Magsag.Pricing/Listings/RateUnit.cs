namespace Magsag.Pricing.Listings;

/// <summary>What a price is for. The order is the order in which the catalogue prints them.</summary>
internal enum RateUnit
{
    Input,
    CachedInput,
    CacheWrite,
    CacheWriteOneHour,
    Output,
    Reasoning,
    Citation,
    InputAudio,
    CachedInputAudio,
    OutputAudio,
    InputImage,
    CachedInputImage,
    OutputImage,
    InputVideo,
    OutputVideo,
    WebSearch,
    Request,
    AudioHour,
}
