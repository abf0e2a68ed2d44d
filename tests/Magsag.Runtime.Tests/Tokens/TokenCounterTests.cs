namespace Magsag.Runtime.Tests;

public sealed class TokenCounterTests
{
    // The figures are OpenAI's own tokenizer's for these texts.
    [Theory]
    [InlineData("gpt-4o-mini", "antidisestablishmentarianism", 6)]
    [InlineData("gpt-4", "antidisestablishmentarianism", 6)]
    [InlineData("gpt-4o", "お誕生日おめでとう", 8)]
    [InlineData("gpt-3.5-turbo", "お誕生日おめでとう", 9)]
    [InlineData("text-embedding-3-small", "お誕生日おめでとう", 9)]
    [InlineData("openai/gpt-4-0613", "お誕生日おめでとう", 9)]
    [InlineData("gpt-4.1", "お誕生日おめでとう", 8)]
    public void Each_family_of_models_is_counted_with_its_own_encoding(string model, string text, int tokens) =>
        Assert.Equal(tokens, TokenCounter.For(model).Count(text));

    [Fact]
    public void A_model_without_a_public_encoding_is_counted_all_the_same() =>
        Assert.Equal(TokenCounter.For("gpt-4o").Count("The quick brown fox"), TokenCounter.For(null).Count("The quick brown fox"));

    [Fact]
    public void No_text_has_no_tokens() => Assert.Equal(0, TokenCounter.For("gpt-4o").Count(""));

    // The tokenizer by itself takes a minute for one of these, and much longer for the million.
    [Theory]
    [InlineData("漢", 100_000)]
    [InlineData("a", 1_000_000)]
    [InlineData("😀", 100_000)]
    [InlineData(" ", 100_000)]
    [InlineData("!", 100_000)]
    public void A_run_without_spaces_is_counted_in_pieces(string character, int times)
    {
        string piece = string.Concat(Enumerable.Repeat(character, 512 / character.Length));
        string run = string.Concat(Enumerable.Repeat(character, times));

        long perPiece = TokenCounter.For("gpt-4o").Count(piece);
        Assert.InRange(TokenCounter.For("gpt-4o").Count(run), perPiece * (run.Length / 512), perPiece * ((run.Length / 512) + 1));
    }

    [Fact]
    public void Halves_of_characters_are_counted_somehow() => Assert.True(TokenCounter.For("gpt-4o").Count(new string('\ud800', 2_000)) > 0);

    [Fact]
    public void A_long_text_has_the_tokens_that_the_tokenizer_finds_in_it_as_a_whole()
    {
        var tokenizer = Microsoft.ML.Tokenizers.TiktokenTokenizer.CreateForEncoding("o200k_base");
        var random = new Random(4711);
        string[] words = ["the", "fox", "jumps", "1234", "naïve", "\n", "\n\n", "  ", "don't", "x=y+1;", "漢字", "😀", "Donaudampfschifffahrt", "\t"];
        string text = string.Join(' ', Enumerable.Range(0, 20_000).Select(_ => words[random.Next(words.Length)]));

        Assert.Equal(tokenizer.CountTokens(text), TokenCounter.For("gpt-4o").Count(text));
    }
}
