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
}
