// Images, speech and transcription are experimental in Microsoft.Extensions.AI; that they are guarded is tested all the same.
#pragma warning disable MEAI001
using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace Magsag.Runtime.Tests;

public sealed class MediaBudgetTests
{
    private static readonly UsageDetails Reported = new() { InputTokenCount = 40, OutputTokenCount = 1000, TotalTokenCount = 1040 };

    private readonly BudgetOptions _options = new() { Store = new InMemoryBudgetStore() };

    private static CostPolicy PerDay(decimal max) => new() { Limits = [new PolicyLimit("r", LimitSubject.Everything, null, LimitPeriod.Day, max)] };

    private BudgetGuard Guard(decimal max) => new(PerDay(max), _options);

    private async Task<(decimal Spent, decimal Reserved)> AccountAsync()
    {
        var refused = await Assert.ThrowsAsync<BudgetExceededException>(async () => await Guard(0m).ReserveAsync(new CallAttribution(), new BudgetAmount(1m, 1, 1)));
        return (refused.Spent, refused.Reserved);
    }

    private Task DrawAsync(decimal max, Exception? failure = null, int count = 2) =>
        new ImageGeneratorBuilder(new Generator(failure)).UseBudget(Guard(max)).Build().GenerateAsync(new ImageGenerationRequest("a cat"), new ImageGenerationOptions { ModelId = "gpt-image-1.5", Count = count });

    [Fact]
    public async Task Pictures_without_a_known_maximum_are_refused_until_one_is_stated()
    {
        await Assert.ThrowsAsync<BudgetExceededException>(() => DrawAsync(100m));

        _options.MaxMediaTokens = 7_000;

        await DrawAsync(100m);
        Assert.Equal(((40 * 5m) + (1000 * 32m)) / 1_000_000m, (await AccountAsync()).Spent);
    }

    [Fact]
    public async Task Each_picture_is_reserved_at_the_price_of_pictures()
    {
        _options.MaxMediaTokens = 7_000;

        var refused = await Assert.ThrowsAsync<BudgetExceededException>(() => DrawAsync(0.4m));

        Assert.InRange(refused.Asked, 2 * 7_000 * 32m / 1_000_000m, (2 * 7_000 * 32m / 1_000_000m) + 0.001m);
    }

    [Fact]
    public async Task A_picture_that_failed_counts_as_its_worst_case()
    {
        _options.MaxMediaTokens = 7_000;

        await Assert.ThrowsAsync<TimeoutException>(() => DrawAsync(100m, new TimeoutException()));

        (decimal spent, decimal reserved) = await AccountAsync();
        Assert.True(spent >= 2 * 7_000 * 32m / 1_000_000m);
        Assert.Equal(0m, reserved);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_transcription_is_reserved_as_the_context_window_of_sound_and_settled_as_reported(bool stream)
    {
        var refused = await Assert.ThrowsAsync<BudgetExceededException>(() => ListenAsync(0.01m, stream));
        Assert.Equal(((16_000 * 6m) + (2_000 * 10m)) / 1_000_000m, refused.Asked);

        await ListenAsync(1m, stream);

        Assert.Equal((((40 * 6m) + (1000 * 10m)) / 1_000_000m, 0m), await AccountAsync());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Speech_is_reserved_at_the_stated_maximum_and_settled_as_reported(bool stream)
    {
        await Assert.ThrowsAsync<BudgetExceededException>(() => SpeakAsync(1m, stream));
        _options.MaxMediaTokens = 10_000;

        var refused = await Assert.ThrowsAsync<BudgetExceededException>(() => SpeakAsync(0.1m, stream));
        await SpeakAsync(1m, stream);

        Assert.True(refused.Asked >= 10_000 * 12m / 1_000_000m);
        Assert.Equal((((40 * 0.6m) + (1000 * 12m)) / 1_000_000m, 0m), await AccountAsync());
    }

    [Fact]
    public async Task Reports_that_complete_each_other_are_settled_together()
    {
        UsageDetails[] parts = [new() { InputTokenCount = 40 }, new() { OutputTokenCount = 1000 }];
        ISpeechToTextClient listener = new SpeechToTextClientBuilder(new Listener(parts)).UseBudget(Guard(1m)).Build();
        await listener.GetStreamingTextAsync(Stream.Null, new SpeechToTextOptions { ModelId = "gpt-4o-transcribe" }).ToSpeechToTextResponseAsync();
        Assert.Equal((((40 * 6m) + (1000 * 10m)) / 1_000_000m, 0m), await AccountAsync());

        _options.MaxMediaTokens = 10_000;
        _options.Store = new InMemoryBudgetStore();
        ITextToSpeechClient speaker = new TextToSpeechClientBuilder(new Speaker(parts)).UseBudget(Guard(1m)).Build();
        await speaker.GetStreamingAudioAsync("hello", new TextToSpeechOptions { ModelId = "gpt-4o-mini-tts" }).ToTextToSpeechResponseAsync();
        Assert.Equal((((40 * 0.6m) + (1000 * 12m)) / 1_000_000m, 0m), await AccountAsync());
    }

    private async Task ListenAsync(decimal max, bool stream)
    {
        ISpeechToTextClient client = new SpeechToTextClientBuilder(new Listener()).UseBudget(Guard(max)).Build();
        var options = new SpeechToTextOptions { ModelId = "gpt-4o-transcribe" };
        await (stream ? client.GetStreamingTextAsync(Stream.Null, options).ToSpeechToTextResponseAsync() : client.GetTextAsync(Stream.Null, options));
    }

    private async Task SpeakAsync(decimal max, bool stream)
    {
        ITextToSpeechClient client = new TextToSpeechClientBuilder(new Speaker()).UseBudget(Guard(max)).Build();
        var options = new TextToSpeechOptions { ModelId = "gpt-4o-mini-tts" };
        await (stream ? client.GetStreamingAudioAsync("hello", options).ToTextToSpeechResponseAsync() : client.GetAudioAsync("hello", options));
    }

    private sealed class Generator(Exception? failure) : IImageGenerator
    {
        public Task<ImageGenerationResponse> GenerateAsync(ImageGenerationRequest request, ImageGenerationOptions? options = null, CancellationToken cancellationToken = default) =>
            failure is null ? Task.FromResult(new ImageGenerationResponse { Usage = Reported }) : Task.FromException<ImageGenerationResponse>(failure);

        public object? GetService(Type serviceType, object? serviceKey = null) => null;

        public void Dispose()
        {
        }
    }

    private sealed class Listener(params UsageDetails[] reports) : ISpeechToTextClient
    {
        public Task<SpeechToTextResponse> GetTextAsync(Stream audioSpeechStream, SpeechToTextOptions? options = null, CancellationToken cancellationToken = default) =>
            Task.FromResult(new SpeechToTextResponse("hello") { Usage = Reported });

        public async IAsyncEnumerable<SpeechToTextResponseUpdate> GetStreamingTextAsync(Stream audioSpeechStream, SpeechToTextOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            await Task.Yield();
            yield return new SpeechToTextResponseUpdate("hello");
            foreach (UsageDetails report in reports.DefaultIfEmpty(Reported))
            {
                yield return new SpeechToTextResponseUpdate { Contents = [new UsageContent(report)] };
            }
        }

        public object? GetService(Type serviceType, object? serviceKey = null) => null;

        public void Dispose()
        {
        }
    }

    private sealed class Speaker(params UsageDetails[] reports) : ITextToSpeechClient
    {
        public Task<TextToSpeechResponse> GetAudioAsync(string text, TextToSpeechOptions? options = null, CancellationToken cancellationToken = default) =>
            Task.FromResult(new TextToSpeechResponse { Usage = Reported });

        public async IAsyncEnumerable<TextToSpeechResponseUpdate> GetStreamingAudioAsync(string text, TextToSpeechOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            await Task.Yield();
            yield return new TextToSpeechResponseUpdate { Contents = [new DataContent(new byte[10], "audio/wav")] };
            foreach (UsageDetails report in reports.DefaultIfEmpty(Reported))
            {
                yield return new TextToSpeechResponseUpdate { Contents = [new UsageContent(report)] };
            }
        }

        public object? GetService(Type serviceType, object? serviceKey = null) => null;

        public void Dispose()
        {
        }
    }
}
