using System.Text;
using System.Text.Json;

namespace Magsag.Runtime.Tests;

public sealed class JsonSkimmerTests
{
    private const string Answer = """
        { "id": "x\"}", "choices": [ { "message": { "content": "a \\ \" } ] { \u00e9", "usage": 7 } } ], "model" : "gpt-4o",
          "data": [0.1, -2e3, [true, null]], "usage": {"prompt_tokens": 5, "details": {"a": [1, "}"]}}, "service_tier": null, "created": 12 }
        """;

    [Fact]
    public void Only_the_members_that_matter_are_kept() =>
        Assert.Equal("""{"id":"x\"}","model":"gpt-4o","usage":{"prompt_tokens": 5, "details": {"a": [1, "}"]}},"service_tier":null}""", Skim(Answer, int.MaxValue));

    [Fact]
    public void It_makes_no_difference_where_the_pieces_are_cut()
    {
        string whole = Skim(Answer, int.MaxValue)!;

        Assert.All(Enumerable.Range(1, 40), size => Assert.Equal(whole, Skim(Answer, size)));
    }

    [Fact]
    public void The_response_inside_an_event_is_looked_into() =>
        Assert.Equal("""{"type":"response.completed","response":{"status":"completed","model":"gpt-5","usage":{"input_tokens":1}}}""",
            Skim("""{"type":"response.completed","response":{"status":"completed","output":[{"usage":{}}],"model":"gpt-5","usage":{"input_tokens":1}},"x":1}""", 7));

    [Fact]
    public void Of_an_array_of_objects_the_last_counts() =>
        Assert.Equal("""{"usageMetadata":{"promptTokenCount":2}}""", Skim("""[{"usageMetadata":{"promptTokenCount":1}} , {"usageMetadata":{"promptTokenCount":2}}]""", 5));

    [Fact]
    public void What_came_before_a_text_broke_off_is_still_known() =>
        Assert.Equal("""{"model":"gpt-4o"}""", Skim("""{"model":"gpt-4o","choices":[{"message":{"content":"half a sen""", 4));

    [Theory]
    [InlineData("")]
    [InlineData("not json")]
    [InlineData("\"text\"")]
    [InlineData("{\"usage\":{\"prompt_tok")]
    [InlineData("{\"model\":\"half")]
    public void A_text_that_says_nothing_whole_gives_nothing(string text) => Assert.Null(Skim(text, 3));

    [Fact]
    public void A_large_text_is_never_held()
    {
        var skimmer = new JsonSkimmer();
        skimmer.Write("{\"data\":[{\"b64_json\":\""u8);
        byte[] picture = Encoding.UTF8.GetBytes(new string('A', 64 * 1024));
        skimmer.Write(picture);
        long before = GC.GetAllocatedBytesForCurrentThread();

        for (int piece = 0; piece < 1000; piece++)
        {
            skimmer.Write(picture);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static string? Skim(string text, int size)
    {
        var skimmer = new JsonSkimmer();
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        foreach (byte[] piece in bytes.Chunk(size))
        {
            skimmer.Write(piece);
        }

        using JsonDocument? document = skimmer.ToDocument();
        return document?.RootElement.GetRawText();
    }
}
