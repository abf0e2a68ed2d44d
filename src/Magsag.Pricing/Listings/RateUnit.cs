namespace Magsag.Pricing.Listings;

/// <summary>
/// What is counted of a call and has a price: the one table of usage counts. Ledger lines, sums, summaries, the stores' columns and the
/// prices go by it.
/// </summary>
/// <remarks>
/// The order is the order in which the catalogue prints prices. What most calls have comes first, up to <see cref="Reasoning"/>: it has a
/// member and a column of its own; the rest is kept together as extras.
/// </remarks>
internal enum RateUnit
{
    [Unit("input_tokens", "in", "input", Input)]
    Input,

    [Unit("cached_input_tokens", "cached", "cached_input", Input, IsCaching = true)]
    CachedInput,

    [Unit("cache_write_tokens", "write", "cache_write", Input, IsCaching = true)]
    CacheWrite,

    [Unit("cache_write_1h_tokens", "write1h", "cache_write_one_hour", CacheWrite, IsCaching = true)]
    CacheWriteOneHour,

    [Unit("output_tokens", "out", "output", Output)]
    Output,

    [Unit("reasoning_tokens", "reasoning", "reasoning", Output)]
    Reasoning,

    [Unit("citation_tokens", "citation", "citation", Output)]
    Citation,

    [Unit("input_audio_tokens", "audio-in", "input_audio", Input)]
    InputAudio,

    [Unit("cached_input_audio_tokens", "audio-cached", "cached_input_audio", InputAudio, IsCaching = true)]
    CachedInputAudio,

    [Unit("output_audio_tokens", "audio-out", "output_audio", Output)]
    OutputAudio,

    [Unit("input_image_tokens", "image-in", "input_image", Input)]
    InputImage,

    [Unit("cached_input_image_tokens", "image-cached", "cached_input_image", InputImage, IsCaching = true)]
    CachedInputImage,

    [Unit("output_image_tokens", "image-out", "output_image", Output)]
    OutputImage,

    [Unit("input_video_tokens", "video-in", "input_video", Input)]
    InputVideo,

    [Unit("output_video_tokens", "video-out", "output_video", Output)]
    OutputVideo,

    [Unit("web_searches", "search", "web_search_per_thousand", WebSearch)]
    WebSearch,

    // Counted by the calls themselves.
    [Unit(null, "request", "request_per_thousand", Request)]
    Request,

    // The last one: the only count that isn't whole.
    [Unit("audio_seconds", "audio-hour", "audio_per_hour", AudioHour)]
    AudioHour,
}
