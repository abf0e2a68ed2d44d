using System.Diagnostics;
using System.Text.Json;
using Magsag.Ledger.Records;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Caching.Distributed;

namespace Magsag.Runtime.Caches;

/// <summary>Records the answers that a cache of Microsoft.Extensions.AI gives, unless the call that asked is recorded further out.</summary>
internal sealed class CostTrackingCache(IDistributedCache inner, CostRecorder recorder) : IDistributedCache
{
    public byte[]? Get(string key)
    {
        long clock = Stopwatch.GetTimestamp();
        return Observe(inner.Get(key), clock);
    }

    public async Task<byte[]?> GetAsync(string key, CancellationToken token = default)
    {
        long clock = Stopwatch.GetTimestamp();
        return Observe(await inner.GetAsync(key, token).ConfigureAwait(false), clock);
    }

    public void Refresh(string key) => inner.Refresh(key);

    public Task RefreshAsync(string key, CancellationToken token = default) => inner.RefreshAsync(key, token);

    public void Remove(string key) => inner.Remove(key);

    public Task RemoveAsync(string key, CancellationToken token = default) => inner.RemoveAsync(key, token);

    public void Set(string key, byte[] value, DistributedCacheEntryOptions options) => inner.Set(key, value, options);

    public Task SetAsync(string key, byte[] value, DistributedCacheEntryOptions options, CancellationToken token = default) => inner.SetAsync(key, value, options, token);

    private byte[]? Observe(byte[]? value, long clock)
    {
        if (CacheObserver.Current is { IsOpen: true } call)
        {
            call.Observe(hit: value is not null);
        }
        else if (value is not null)
        {
            Record(value, clock);
        }

        return value;
    }

    private void Record(byte[] value, long clock)
    {
        try
        {
            if (ReadAnswer(value) is not { } answer)
            {
                return;
            }

            recorder.Record(new CallObservation
            {
                Operation = "chat",
                Model = answer.Model,
                Outcome = CallOutcome.CacheHit,
                Usage = answer.Measure(isWhole: true, static _ => null).Usage,
                Started = DateTimeOffset.UtcNow,
                DurationMilliseconds = Stopwatch.GetElapsedTime(clock).TotalMilliseconds,
                Site = recorder.CaptureSite(),
            });
        }
        catch (Exception error)
        {
            recorder.ReportFault(error);
        }
    }

    // What Microsoft.Extensions.AI keeps: a whole answer, or the updates of a stream. Anything else in the cache isn't a call's.
    private static UsageAccumulator? ReadAnswer(byte[] value)
    {
        try
        {
            return value.AsSpan().TrimStart((byte)' ') switch
            {
                [(byte)'{', ..] => UsageOf(JsonSerializer.Deserialize<ChatResponse>(value, AIJsonUtilities.DefaultOptions)),
                [(byte)'[', (byte)'{', ..] => UsageOf(JsonSerializer.Deserialize<List<ChatResponseUpdate>>(value, AIJsonUtilities.DefaultOptions)),
                _ => null,
            };
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static UsageAccumulator? UsageOf(ChatResponse? response)
    {
        if (response is not { Messages.Count: > 0 })
        {
            return null;
        }

        var usage = new UsageAccumulator(null);
        usage.Add(response);
        return usage;
    }

    private static UsageAccumulator? UsageOf(List<ChatResponseUpdate>? updates)
    {
        var usage = new UsageAccumulator(null);
        foreach (ChatResponseUpdate update in updates ?? [])
        {
            usage.Add(update);
        }

        return updates is null ? null : usage;
    }
}
