using System.Text.Json;
using Magsag.Pricing.Tokens;

namespace Magsag.Runtime.Tests;

public sealed class WireUsageReaderTests
{
    [Fact]
    public void OpenAIs_chat_input_includes_cached_and_written_tokens()
    {
        WireUsage usage = Read("""{"model":"gpt-5.6-sol","service_tier":"flex","usage":{"prompt_tokens":2006,"completion_tokens":300,"total_tokens":2306,"prompt_tokens_details":{"cached_tokens":1920,"audio_tokens":0,"cache_write_tokens":64},"completion_tokens_details":{"reasoning_tokens":128}}}""");

        Assert.Equal(new Usage { InputTokens = 2006, CachedInputTokens = 1920, CacheWriteTokens = 64, OutputTokens = 300, ReasoningTokens = 128 }, usage.Usage);
        Assert.Equal(("gpt-5.6-sol", "flex"), (usage.Model, usage.ServiceTier));
    }

    [Fact]
    public void OpenAIs_responses_are_read_from_the_body_and_from_the_event_that_ends_a_stream()
    {
        const string Usage = """{"input_tokens":37,"input_tokens_details":{"cached_tokens":5},"output_tokens":272,"output_tokens_details":{"reasoning_tokens":256},"total_tokens":309}""";
        WireUsage body = Read($$"""{"model":"gpt-5","service_tier":"default","usage":{{Usage}}}""");

        Assert.Equal(new Usage { InputTokens = 37, CachedInputTokens = 5, OutputTokens = 272, ReasoningTokens = 256 }, body.Usage);
        Assert.Equal(body, Read($$$"""{"type":"response.completed","response":{"model":"gpt-5","service_tier":"default","usage":{{{Usage}}}}}"""));
        Assert.Equal(body, Read($$$"""{"type":"response.incomplete","response":{"model":"gpt-5","service_tier":"default","usage":{{{Usage}}}}}"""));
    }

    [Fact]
    public void Anthropics_input_leaves_cached_and_written_tokens_out()
    {
        WireUsage usage = Read("""{"model":"claude-sonnet-4-5","usage":{"input_tokens":100,"output_tokens":50,"cache_creation_input_tokens":300,"cache_read_input_tokens":40,"cache_creation":{"ephemeral_5m_input_tokens":200,"ephemeral_1h_input_tokens":100},"output_tokens_details":{"thinking_tokens":20},"server_tool_use":{"web_search_requests":2},"service_tier":"batch","inference_geo":"us"}}""");

        Assert.Equal(new Usage { InputTokens = 440, CachedInputTokens = 40, CacheWriteTokens = 300, CacheWriteOneHourTokens = 100, OutputTokens = 50, ReasoningTokens = 20, WebSearches = 2 }, usage.Usage);
        Assert.Equal(("batch", "us"), (usage.ServiceTier, usage.Region));
    }

    [Fact]
    public void What_Anthropic_spent_on_compacting_the_conversation_is_counted() =>
        Assert.Equal(
            new Usage { InputTokens = 280 + 55096, CacheWriteTokens = 55096, OutputTokens = 90 },
            Read("""{"usage":{"input_tokens":180,"output_tokens":8,"cache_read_input_tokens":0,"iterations":[{"type":"compaction","input_tokens":100,"output_tokens":82,"cache_creation_input_tokens":55096},{"type":"message","input_tokens":180,"output_tokens":8}]}}""").Usage);

    [Fact]
    public void Geminis_thoughts_and_tool_results_come_on_top_and_modalities_are_told_apart() =>
        Assert.Equal(
            new Usage { InputTokens = 4649, CachedInputTokens = 230, CachedInputImageTokens = 172, InputAudioTokens = 1500, InputImageTokens = 258, InputVideoTokens = 2800, OutputTokens = 234, ReasoningTokens = 133, OutputImageTokens = 60 },
            Read("""{"modelVersion":"gemini-2.5-flash","usageMetadata":{"promptTokenCount":4610,"cachedContentTokenCount":230,"candidatesTokenCount":101,"thoughtsTokenCount":133,"toolUsePromptTokenCount":39,"promptTokensDetails":[{"modality":"VIDEO","tokenCount":2800},{"modality":"TEXT","tokenCount":52},{"modality":"AUDIO","tokenCount":1500},{"modality":"DOCUMENT","tokenCount":258}],"cacheTokensDetails":[{"modality":"DOCUMENT","tokenCount":172},{"modality":"TEXT","tokenCount":58}],"candidatesTokensDetails":[{"modality":"IMAGE","tokenCount":60}]}}""").Usage);

    [Fact]
    public void Bedrocks_input_leaves_cached_tokens_out_and_its_details_name_one_hour_writes() =>
        Assert.Equal(
            new Usage { InputTokens = 2374, CachedInputTokens = 2074, CacheWriteTokens = 297, CacheWriteOneHourTokens = 97, OutputTokens = 61 },
            Read("""{"usage":{"inputTokens":3,"outputTokens":61,"totalTokens":2435,"cacheReadInputTokens":2074,"cacheWriteInputTokens":297,"cacheDetails":[{"ttl":"5m","inputTokens":200},{"ttl":"1h","inputTokens":97}]}}""").Usage);

    [Fact]
    public void XAIs_reasoning_stands_beside_the_completion() =>
        Assert.Equal(
            new Usage { InputTokens = 32, CachedInputTokens = 10, OutputTokens = 103, ReasoningTokens = 94 },
            Read("""{"usage":{"prompt_tokens":32,"completion_tokens":9,"total_tokens":135,"prompt_tokens_details":{"text_tokens":32,"cached_tokens":10},"completion_tokens_details":{"reasoning_tokens":94}}}""", "x_ai").Usage);

    [Fact]
    public void Perplexitys_reasoning_citations_and_searches_are_counted() =>
        Assert.Equal(
            new Usage { InputTokens = 33, OutputTokens = 140, ReasoningTokens = 90, CitationTokens = 40, WebSearches = 21 },
            Read("""{"usage":{"prompt_tokens":33,"completion_tokens":10,"citation_tokens":40,"num_search_queries":21,"reasoning_tokens":90}}""", "perplexity").Usage);

    [Fact]
    public void Realtime_audio_is_told_apart_from_text() =>
        Assert.Equal(
            new Usage { InputTokens = 100, CachedInputTokens = 40, InputAudioTokens = 80, CachedInputAudioTokens = 30, OutputTokens = 50, OutputAudioTokens = 45 },
            Read("""{"type":"response.done","response":{"usage":{"input_tokens":100,"output_tokens":50,"input_token_details":{"text_tokens":20,"audio_tokens":80,"cached_tokens":40,"cached_tokens_details":{"text_tokens":10,"audio_tokens":30}},"output_token_details":{"text_tokens":5,"audio_tokens":45}}}}""").Usage);

    [Theory]
    [InlineData("""{"usage":{"prompt_tokens":8,"total_tokens":8}}""", 8, 0)]
    [InlineData("""{"meta":{"billed_units":{"input_tokens":4,"image_tokens":0}}}""", 4, 0)]
    [InlineData("""{"usage":{"billed_units":{"input_tokens":13,"output_tokens":61},"tokens":{"input_tokens":542,"output_tokens":63}}}""", 13, 61)]
    public void Embeddings_and_billed_units_are_read(string body, long input, long output) =>
        Assert.Equal(new Usage { InputTokens = input, OutputTokens = output }, Read(body).Usage);

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"usage":null}""")]
    [InlineData("""{"usage":{}}""")]
    [InlineData("""{"usage":{"input_tokens":"many"}}""")]
    [InlineData("""{"usage":{"type":"duration"}}""")]
    [InlineData("""{"usage":{"prompt_tokens":1e20,"completion_tokens":1}}""")]
    [InlineData("""{"usageMetadata":{}}""")]
    [InlineData("""{"usageMetadata":{"trafficType":"ON_DEMAND"}}""")]
    [InlineData("[]")]
    public void A_body_without_token_counts_has_no_usage_rather_than_none_used(string body)
    {
        using JsonDocument document = JsonDocument.Parse(body);

        Assert.Null(WireUsageReader.Read(document.RootElement));
    }

    [Fact]
    public void A_transcription_is_billed_by_its_audio_tokens_or_by_its_length()
    {
        Assert.Equal(
            new Usage { InputTokens = 14, InputAudioTokens = 12, OutputTokens = 45 },
            Read("""{"text":"…","usage":{"type":"tokens","input_tokens":14,"input_token_details":{"text_tokens":2,"audio_tokens":12},"output_tokens":45,"total_tokens":59}}""").Usage);
        Assert.Equal(new Usage { AudioSeconds = 12.3m }, Read("""{"text":"…","usage":{"type":"duration","seconds":12.3}}""").Usage);
    }

    [Fact]
    public void A_cost_that_the_provider_states_is_kept() =>
        Assert.Equal(0.000102m, Read("""{"usage":{"prompt_tokens":14,"completion_tokens":4,"cost":0.000102}}""").ReportedCostUsd);

    private static WireUsage Read(string body, string? provider = null)
    {
        using JsonDocument document = JsonDocument.Parse(body);
        return WireUsageReader.Read(document.RootElement, provider)!;
    }
}
