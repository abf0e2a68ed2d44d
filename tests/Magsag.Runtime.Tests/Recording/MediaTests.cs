// Images, speech and transcription are experimental in Microsoft.Extensions.AI; that they are recorded is tested all the same.
#pragma warning disable MEAI001
using Microsoft.Extensions.AI;

namespace Magsag.Runtime.Tests;

public sealed class MediaTests : RecordingTest
{
    private static readonly UsageDetails Reported = new() { InputTokenCount = 40, OutputTokenCount = 1000, TotalTokenCount = 1040 };

    [Fact]
    public async Task A_generated_image_is_recorded_with_its_tokens_as_image_tokens()
    {
        IImageGenerator generator = new ImageGeneratorBuilder(new Generator()).UseCostTracking(Configure).Build();

        await generator.GenerateAsync(new ImageGenerationRequest("a cat"), new ImageGenerationOptions { ModelId = "mai-image-2.5" });

        LedgerRecord record = await TheRecordAsync();
        Assert.Equal(("image_generation", 1000L, ((40 * 5m) + (1000 * 47m)) / 1_000_000m), (record.Operation, record.OutputTokens, record.CostUsd));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_transcription_is_recorded(bool stream)
    {
        ISpeechToTextClient client = new SpeechToTextClientBuilder(new Listener()).UseCostTracking(Configure).Build();

        if (stream)
        {
            await client.GetStreamingTextAsync(Stream.Null).ToSpeechToTextResponseAsync();
        }
        else
        {
            await client.GetTextAsync(Stream.Null);
        }

        LedgerRecord record = await TheRecordAsync();
        Assert.Equal(("speech_to_text", "scribe", 40L, UsageSource.Reported), (record.Operation, record.Model, record.InputTokens, record.UsageSource));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_spoken_text_is_recorded(bool stream)
    {
        ITextToSpeechClient client = new TextToSpeechClientBuilder(new Speaker()).UseCostTracking(Configure).Build();

        if (stream)
        {
            await client.GetStreamingAudioAsync("hello").ToTextToSpeechResponseAsync();
        }
        else
        {
            await client.GetAudioAsync("hello");
        }

        LedgerRecord record = await TheRecordAsync();
        Assert.Equal(("text_to_speech", "voice", 1000L), (record.Operation, record.Model, record.OutputTokens));
    }

    private sealed class Generator : IImageGenerator
    {
        public Task<ImageGenerationResponse> GenerateAsync(ImageGenerationRequest request, ImageGenerationOptions? options = null, CancellationToken cancellationToken = default) =>
            Task.FromResult(new ImageGenerationResponse { Usage = Reported });

        public object? GetService(Type serviceType, object? serviceKey = null) => null;

        public void Dispose()
        {
        }
    }

    private sealed class Listener : ISpeechToTextClient
    {
        private static readonly SpeechToTextResponse Heard = new("hello") { ModelId = "scribe", Usage = Reported };

        public Task<SpeechToTextResponse> GetTextAsync(Stream audioSpeechStream, SpeechToTextOptions? options = null, CancellationToken cancellationToken = default) => Task.FromResult(Heard);

        public IAsyncEnumerable<SpeechToTextResponseUpdate> GetStreamingTextAsync(Stream audioSpeechStream, SpeechToTextOptions? options = null, CancellationToken cancellationToken = default) => Heard.ToSpeechToTextResponseUpdates().ToAsyncEnumerable();

        public object? GetService(Type serviceType, object? serviceKey = null) => null;

        public void Dispose()
        {
        }
    }

    private sealed class Speaker : ITextToSpeechClient
    {
        private static readonly TextToSpeechResponse Spoken = new() { ModelId = "voice", Usage = Reported };

        public Task<TextToSpeechResponse> GetAudioAsync(string text, TextToSpeechOptions? options = null, CancellationToken cancellationToken = default) => Task.FromResult(Spoken);

        public IAsyncEnumerable<TextToSpeechResponseUpdate> GetStreamingAudioAsync(string text, TextToSpeechOptions? options = null, CancellationToken cancellationToken = default) => Spoken.ToTextToSpeechResponseUpdates().ToAsyncEnumerable();

        public object? GetService(Type serviceType, object? serviceKey = null) => null;

        public void Dispose()
        {
        }
    }
}
