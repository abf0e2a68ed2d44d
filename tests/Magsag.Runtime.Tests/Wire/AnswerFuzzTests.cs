using System.Text.Json;
using Magsag.Gating.Tests.Fuzzing;
using Magsag.Runtime.Batches;
using Xunit.Abstractions;

namespace Magsag.Runtime.Tests;

/// <summary>Whatever a provider answers, its usage is read, or there is none.</summary>
public sealed class AnswerFuzzTests(ITestOutputHelper output) : IDisposable
{
    private const string BatchOfOpenAI = """{"id":"b1","custom_id":"a","response":{"status_code":200,"body":{"id":"c","object":"chat.completion","model":"gpt-4o-mini","usage":{"prompt_tokens":10,"completion_tokens":5,"total_tokens":15,"prompt_tokens_details":{"cached_tokens":2}}}},"error":null}""" + "\n";

    private const string BatchOfAnthropic = """{"custom_id":"a","result":{"type":"succeeded","message":{"id":"m","type":"message","model":"claude-3-5-haiku-20241022","usage":{"input_tokens":10,"output_tokens":5,"cache_creation_input_tokens":1,"cache_read_input_tokens":2}}}}""" + "\n";

    private const string AnswerOfOpenAI = """{"id":"c","object":"chat.completion","model":"gpt-4o","service_tier":"flex","usage":{"prompt_tokens":10,"completion_tokens":5,"total_tokens":15,"cost":0.01,"prompt_tokens_details":{"cached_tokens":2,"audio_tokens":1},"completion_tokens_details":{"reasoning_tokens":1}}}""";

    private const string AnswerOfAnthropic = """{"id":"m","type":"message","model":"claude-3-5-haiku-20241022","usage":{"input_tokens":10,"output_tokens":5,"cache_creation_input_tokens":1,"cache_read_input_tokens":2,"cache_creation":{"ephemeral_5m_input_tokens":1},"server_tool_use":{"web_search_requests":1}}}""";

    private const string AnswerOfGemini = """{"modelVersion":"gemini-2.5-flash","usageMetadata":{"promptTokenCount":10,"candidatesTokenCount":5,"totalTokenCount":15,"thoughtsTokenCount":1,"promptTokensDetails":[{"modality":"TEXT","tokenCount":9},{"modality":"AUDIO","tokenCount":1}],"cacheTokensDetails":[{"modality":"IMAGE","tokenCount":1}]}}""";

    private const string AnswerOfBedrock = """{"output":{},"usage":{"inputTokens":10,"outputTokens":5,"totalTokens":15,"cacheReadInputTokens":1,"cacheWriteInputTokens":1,"cacheDetails":[{"ttl":"1h","inputTokens":1}]}}""";

    private readonly TemporaryDirectory _directory = TemporaryDirectory.InMemory();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void BatchOutputs() => FuzzRounds.Run(nameof(BatchOutputs), [BatchOfOpenAI, BatchOfAnthropic], content => BatchOutput.Read(Written(content)), static error => error is UnreadableInputException, output.WriteLine);

    [Fact]
    public void Answers() => FuzzRounds.Run(
        nameof(Answers),
        [AnswerOfOpenAI, AnswerOfAnthropic, AnswerOfGemini, AnswerOfBedrock],
        static content =>
        {
            using var document = JsonDocument.Parse(content);
            _ = WireUsageReader.Read(document.RootElement);
            _ = WireUsageReader.Read(document.RootElement, "openai");
        },
        static error => error is JsonException,
        output.WriteLine);

    private string Written(byte[] content)
    {
        File.WriteAllBytes(_directory.File("input"), content);
        return _directory.File("input");
    }
}
