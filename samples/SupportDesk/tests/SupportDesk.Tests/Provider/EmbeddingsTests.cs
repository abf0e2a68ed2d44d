using System.Net;
using System.Runtime.InteropServices;

namespace SupportDesk.Tests.Provider;

/// <summary>The wire format of embeddings, seen without a client library between.</summary>
public sealed class EmbeddingsTests(ProviderFixture provider)
{
    private readonly ProviderHttp _http = new(provider.Endpoint);

    [Fact]
    public async Task Usage_counts_the_tokens_of_the_whole_batch()
    {
        var reply = await _http.PostAsync("embeddings", """{"model":"text-embedding-3-small","input":["hello world","hello"]}""");

        Assert.Equal(3, (int)reply["usage"]!["prompt_tokens"]!);
        Assert.Equal(3, (int)reply["usage"]!["total_tokens"]!);
        Assert.Equal(2, reply["data"]!.AsArray().Count);
    }

    [Fact]
    public async Task Base64_holds_the_same_numbers_as_the_list()
    {
        var list = await _http.PostAsync("embeddings", """{"model":"text-embedding-3-small","input":"a shared invoice","dimensions":8}""");
        var base64 = await _http.PostAsync("embeddings", """{"model":"text-embedding-3-small","input":"a shared invoice","dimensions":8,"encoding_format":"base64"}""");

        var expected = list["data"]![0]!["embedding"]!.AsArray().Select(number => (float)number!);
        var bytes = Convert.FromBase64String((string)base64["data"]![0]!["embedding"]!);
        Assert.Equal(expected, MemoryMarshal.Cast<byte, float>(bytes).ToArray());
    }

    [Theory]
    [InlineData("""{"model":"text-embedding-3-small","input":[]}""", "'input'")]
    [InlineData("""{"model":"text-embedding-3-small","input":[[1,2]]}""", "'input'")]
    [InlineData("""{"model":"text-embedding-3-small","input":"hello","dimensions":1537}""", "'dimensions'")]
    [InlineData("""{"model":"text-embedding-3-small","input":"hello","encoding_format":"hex"}""", "'encoding_format'")]
    public async Task A_request_that_makes_no_sense_is_refused(string request, string reason)
    {
        var error = await _http.PostAsync("embeddings", request, HttpStatusCode.BadRequest);

        Assert.Contains(reason, (string?)error["error"]!["message"], StringComparison.Ordinal);
    }
}
