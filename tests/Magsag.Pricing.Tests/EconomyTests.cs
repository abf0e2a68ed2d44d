using Magsag.Pricing.Catalogue;

namespace Magsag.Pricing.Tests;

public sealed class EconomyTests
{
    private static readonly PriceCatalog Catalog = PriceCatalog.Embedded;
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Gpt_4o_mini_saves_94_percent_over_gpt_4o()
    {
        CheaperModel first = Catalog.CheaperThan(Catalog.Find("gpt-4o")!, Now)[0];

        Assert.Equal(("gpt-4o-mini", 94m), (first.Model.Model, first.SavedPercent));
        Assert.Equal(16.67m, decimal.Round(first.Factor!.Value, 2));
    }

    [Theory]
    [InlineData("gpt-4o")]
    [InlineData("gpt-5.5")]
    [InlineData("claude-opus-4-8")]
    [InlineData("gemini-2.5-pro")]
    [InlineData("mistral-large-2512")]
    [InlineData("grok-4.5")]
    public void Candidates_are_cheaper_models_of_the_same_provider_that_are_still_served(string id)
    {
        ModelPrice model = Catalog.Find(id)!;
        IReadOnlyList<CheaperModel> candidates = Catalog.CheaperThan(model, Now);

        Assert.NotEmpty(candidates);
        Assert.All(candidates, candidate =>
        {
            Assert.Equal((model.Provider, model.Mode), (candidate.Model.Provider, candidate.Model.Mode));
            Assert.InRange(candidate.SavedPercent, 0.01m, 100m);
            Assert.False(candidate.Model.RetiredOn <= Now);
            Assert.True(candidate.Model.ContextWindow >= model.ContextWindow);
        });
    }

    [Fact]
    public void A_model_for_audio_is_not_replaced_by_one_for_text() =>
        Assert.All(Catalog.CheaperThan(Catalog.Find("gpt-realtime")!, Now), candidate => Assert.Contains("realtime", candidate.Model.Model, StringComparison.Ordinal));

    [Fact]
    public void A_free_model_has_nothing_cheaper() => Assert.Empty(Catalog.CheaperThan(Catalog.Find("llama3.2", "ollama")!, Now));

    [Theory]
    [InlineData("gpt-4o", 2.00, true)]
    [InlineData("gpt-4o-mini", 2.00, false)]
    [InlineData("o3", 2.00, true)]
    [InlineData("gpt-4.1", 2.00, true)]
    [InlineData("gpt-4.1", 2.01, false)]
    [InlineData("gpt-4o-mini", 0.10, true)]
    public void A_model_is_premium_from_the_threshold_on(string id, double threshold, bool premium) =>
        Assert.Equal(premium, Catalog.IsPremium(Catalog.Find(id)!, (decimal)threshold, Now));
}
