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
    [InlineData("foreach (var x in items) await {|MAG004:g.GenerateVectorAsync(x.Trim() + \"!\")|};")]
    [InlineData("foreach (var x in items) { var text = $\"{x}: {items.Count}\"; await {|MAG004:g.GenerateVectorAsync(text)|}; }")]
    [InlineData("await Task.WhenAll(items.Select(x => Task.Run(async () => { var text = x + x; return (await {|MAG004:g.GenerateAsync(text)|}).Vector; })));")]
    [InlineData("await Task.WhenAll(items.Select(async x => (await {|MAG004:g.GenerateVectorAsync(x)|}).Length));")]
    public Task A_vector_for_each_item_is_underlined(string loop) => Verify.DiagnosticsAsync(InMethod(loop));

    [Theory]
    [InlineData("await g.GenerateAsync(items);")]
    [InlineData("await e.GenerateEmbeddingsAsync(items);")]
    [InlineData("foreach (var page in items.Chunk(100)) await g.GenerateAsync(page);")]
    [InlineData("string last = \"\"; foreach (var x in items) { await g.GenerateVectorAsync(x + last); last = x; }")]
    [InlineData("foreach (var x in items) { var text = await System.IO.File.ReadAllTextAsync(x); await g.GenerateVectorAsync(text); }")]
    [InlineData("foreach (var x in items) { var text = x; text += text.Length; await g.GenerateVectorAsync(text); }")]
    [InlineData("foreach (var x in items) foreach (var part in await System.IO.File.ReadAllLinesAsync(x)) await g.GenerateVectorAsync(x + last());\n string last() => \"\";")]
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

    [Theory]
    [InlineData("foreach (var x in items) Console.WriteLine((await {|MAG004:g.GenerateVectorAsync(x)|}).Length);", "foreach (var (x, embedding) in items.Zip(await g.GenerateAsync(items))) Console.WriteLine(embedding.Vector.Length);")]
    [InlineData("foreach (var x in items) { var text = $\"{x}: {items.Count}\"; Console.WriteLine(text + await {|MAG004:g.GenerateAsync(text)|}); }", "foreach (var (x, embedding) in items.Zip(await g.GenerateAsync(items.Select(x => $\"{x}: {items.Count}\")))) { var text = $\"{x}: {items.Count}\"; Console.WriteLine(text + embedding); }")]
    [InlineData("foreach (string x in items) { Console.WriteLine(x); var v = await {|MAG004:g.GenerateVectorAsync(x.Trim() + \"!\")|}; }", "foreach (var (x, embedding) in items.Zip(await g.GenerateAsync(items.Select(x => x.Trim() + \"!\")))) { Console.WriteLine(x); var v = embedding.Vector; }")]
    [InlineData("foreach (var x in items) { OpenAIEmbedding v = await {|MAG004:e.GenerateEmbeddingAsync(x)|}; }", "foreach (var (x, embedding) in items.Zip((await e.GenerateEmbeddingsAsync(items)).Value)) { OpenAIEmbedding v = embedding; }")]
    [InlineData("foreach (var x in items) { var v = (await {|MAG004:e.GenerateEmbeddingAsync(x.Trim())|}).Value.ToFloats(); }", "foreach (var (x, embedding) in items.Zip((await e.GenerateEmbeddingsAsync(items.Select(x => x.Trim()))).Value)) { var v = embedding.ToFloats(); }")]
    [InlineData("var now = CancellationToken.None; foreach (var x in items) { var v = await {|MAG004:g.GenerateVectorAsync(x, null, now)|}.ConfigureAwait(false); }", "var now = CancellationToken.None; foreach (var (x, embedding) in items.Zip(await g.GenerateAsync(items, null, now).ConfigureAwait(false))) { var v = embedding.Vector; }")]
    public Task The_fix_computes_the_texts_before_the_loop(string loop, string fixedLoop) => Verify.FixAsync<PerItemCallFix>(InMethod(loop), InMethod(fixedLoop));

    [Theory]
    [InlineData("foreach (var x in items) { if (x.Length > 3) Console.WriteLine(await {|MAG004:g.GenerateVectorAsync(x)|}); }")]
    [InlineData("foreach (var x in items) { if (x.Length > 3) continue; var v = await {|MAG004:g.GenerateVectorAsync(x)|}; }")]
    [InlineData("foreach (var x in items) { var v = x.Length > 3 ? await {|MAG004:g.GenerateVectorAsync(x)|} : default; }")]
    [InlineData("foreach (var x in items) { var v = await {|MAG004:g.GenerateVectorAsync(System.IO.File.ReadAllText(x))|}; }")]
    [InlineData("foreach (var x in items) { var v = await {|MAG004:e.GenerateEmbeddingAsync(x)|}; Console.WriteLine(v.Value); }")]
    [InlineData("foreach (object x in items) { var v = await {|MAG004:g.GenerateVectorAsync(\"a \" + x)|}; }")]
    public Task Where_the_loop_asks_for_less_or_reads_on_the_way_there_is_no_fix(string loop) => Verify.NoFixAsync<PerItemCallFix>(InMethod(loop));
}
