namespace Magsag.Runtime.Tests;

/// <summary>Row 30: batches that expired were never billed though their output was.</summary>
public sealed class BatchCostsTests : RecordingTest
{
    private const string OpenAI = """
        {"id":"batch_req_1","custom_id":"a","response":{"status_code":200,"body":{"model":"gpt-4o-mini-2024-07-18","usage":{"prompt_tokens":1000,"completion_tokens":100,"total_tokens":1100}}},"error":null}
        {"id":"batch_req_2","custom_id":"b","response":{"status_code":200,"body":{"model":"gpt-4o-mini-2024-07-18","usage":{"prompt_tokens":2000,"completion_tokens":0,"total_tokens":2000}}},"error":null}
        {"id":"batch_req_3","custom_id":"c","response":null,"error":{"code":"batch_expired"}}
        """;

    private const string Anthropic = """
        {"custom_id":"a","result":{"type":"succeeded","message":{"model":"claude-sonnet-4-5","usage":{"input_tokens":10,"cache_read_input_tokens":90,"output_tokens":20,"service_tier":"batch"}}}}
        {"custom_id":"b","result":{"type":"expired"}}
        """;

    private string WriteFile(string lines)
    {
        Directory.CreateDirectory(RunsPath);
        string path = Path.Combine(RunsPath, $"{Guid.NewGuid():N}.jsonl");
        File.WriteAllText(path, lines);
        return path;
    }

    private Task<BatchRecording> RecordAsync(string lines, string provider = "openai", string batch = "batch_1") =>
        BatchCosts.RecordAsync(WriteFile(lines), batch, provider, configure: Configure);

    [Fact]
    public async Task Row_30_every_answered_line_of_an_expired_batch_is_recorded_at_half_the_price()
    {
        BatchRecording recording = await RecordAsync(OpenAI);

        decimal cost = ((3000 * 0.15m) + (100 * 0.60m)) / 2 / 1_000_000m;
        Assert.Equal((2, 0, cost, 0), (recording.Recorded, recording.AlreadyRecorded, recording.CostUsd, recording.UnpricedCalls));
        Assert.All(await RecordsAsync(), record => Assert.Equal((true, "openai"), (record.Batch, record.Provider)));
    }

    [Fact]
    public async Task Row_30_a_file_that_is_recorded_again_adds_only_what_is_new()
    {
        await RecordAsync(OpenAI);

        BatchRecording again = await RecordAsync(OpenAI + "\n" + OpenAI.Replace("\"a\"", "\"late\"", StringComparison.Ordinal));

        Assert.Equal((1, 2), (again.Recorded, again.AlreadyRecorded));
        Assert.Equal(3, (await RecordsAsync()).Count);
    }

    [Fact]
    public async Task Two_that_record_a_batch_at_once_record_it_once()
    {
        BatchRecording[] recordings = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => RecordAsync(OpenAI))));

        Assert.Equal(2, recordings.Sum(recording => recording.Recorded));
        Assert.Equal(2, (await RecordsAsync()).Count);
    }

    [Fact]
    public async Task The_same_custom_id_in_another_batch_is_another_call()
    {
        await RecordAsync(OpenAI);

        Assert.Equal(2, (await RecordAsync(OpenAI, batch: "batch_2")).Recorded);
    }

    [Fact]
    public async Task Anthropics_results_are_read_too()
    {
        await RecordAsync(Anthropic, provider: "anthropic");

        LedgerRecord record = await TheRecordAsync();
        Assert.Equal((100L, 90L, 20L, true), (record.InputTokens, record.CachedInputTokens, record.OutputTokens, record.CostUsd > 0));
    }

    [Fact]
    public async Task A_file_that_is_no_batch_output_is_refused_with_its_line()
    {
        var error = await Assert.ThrowsAsync<UnreadableInputException>(() => RecordAsync("{\"custom_id\":\"a\",\"response\":null}\nnot json"));

        Assert.Equal(2, error.Line);
        Assert.Empty(await RecordsAsync());
    }
}
