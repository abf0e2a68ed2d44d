using Magsag.Analyzers.CodeFixes;

namespace Magsag.Analyzers.Tests;

public sealed class PerItemCallTests
{
    private static string InMethod(string body) =>
        $$"""
        class C
        {
            async Task M(IEmbeddingGenerator<string, Embedding<float>> g, EmbeddingClient e, List<string> items, IAsyncEnumerable<string> stream)
            {
                {{body}}
            }
        }
        """;

    [Theory]
    [InlineData("foreach (var x in items) await {|MAG004:g.GenerateVectorAsync(x)|};")]
    [InlineData("foreach (var x in items) await {|MAG004:g.GenerateAsync(x)|};")]
    [InlineData("foreach (var x in items) await {|MAG004:e.GenerateEmbeddingAsync(x)|};")]
    [InlineData("await Task.WhenAll(items.Select(x => {|MAG004:e.GenerateEmbeddingAsync(x)|}));")]
    [InlineData("await Task.WhenAll(items.Select(async x => (await {|MAG004:g.GenerateVectorAsync(x)|}).Length));")]
    public Task A_vector_for_each_item_is_underlined(string loop) => Verify.DiagnosticsAsync(InMethod(loop));

    [Theory]
    [InlineData("await g.GenerateAsync(items);")]
    [InlineData("await e.GenerateEmbeddingsAsync(items);")]
    [InlineData("foreach (var page in items.Chunk(100)) await g.GenerateAsync(page);")]
    [InlineData("foreach (var x in items) await g.GenerateVectorAsync(x.Trim() + \"!\");")]
    [InlineData("await foreach (var x in stream) await g.GenerateVectorAsync(x);")]
    [InlineData("string next = \"\"; while (next.Length < 3) { await g.GenerateVectorAsync(next); next += \"x\"; }")]
    public Task What_has_no_list_of_items_at_hand_is_left_alone(string loop) => Verify.DiagnosticsAsync(InMethod(loop));

    [Fact]
    public Task The_fix_asks_for_all_vectors_in_one_request() => Verify.FixAsync<PerItemCallFix>(
        InMethod("""
            foreach (var x in items)
                    {
                        // One vector.
                        var v = await {|MAG004:g.GenerateVectorAsync(x)|};
                        Console.WriteLine(x + v.Length);
                    }
            """),
        InMethod("""
            foreach (var (x, embedding) in items.Zip(await g.GenerateAsync(items)))
                    {
                        // One vector.
                        var v = embedding.Vector;
                        Console.WriteLine(x + v.Length);
                    }
            """));

    [Fact]
    public Task A_call_whose_answer_goes_elsewhere_has_no_fix() => Verify.NoFixAsync<PerItemCallFix>(InMethod("foreach (var x in items) { Console.WriteLine((await {|MAG004:g.GenerateVectorAsync(x)|}).Length); }"));
}
