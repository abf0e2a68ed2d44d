using CsCheck;
using Magsag.Pricing.Catalogue;
using Magsag.Pricing.Costs;
using Magsag.Pricing.Tokens;

namespace Magsag.Pricing.Tests;

public sealed class CostPropertyTests
{
    private static readonly PriceTerms Terms = new(new DateTimeOffset(2026, 8, 21, 12, 0, 0, TimeSpan.Zero));
    private static readonly ModelPrice[] Models = [.. PriceCatalog.Embedded.Models];

    private static readonly Gen<ModelPrice> GenModel = Gen.Int[0, Models.Length - 1].Select(index => Models[index]);

    // Parts first, totals from them: any such usage is consistent.
    private static readonly Gen<Usage> GenUsage = Gen.Int[0, 30_000].Array[10].Select(part => new Usage
    {
        InputTokens = part[0] + part[1] + part[2] + part[3] + part[4] + part[5],
        CachedInputTokens = part[1],
        CacheWriteTokens = part[2] + part[3],
        CacheWriteOneHourTokens = part[3],
        InputAudioTokens = part[4],
        InputImageTokens = part[5],
        OutputTokens = part[6] + part[7] + part[8] + part[9],
        ReasoningTokens = part[7],
        OutputAudioTokens = part[8],
        OutputImageTokens = part[9],
    });

    private static readonly Gen<decimal> GenPrice = Gen.Int[0, 2_000_000].Select(price => price / 10_000m);

    [Fact]
    public void A_cost_is_never_negative() =>
        Gen.Select(GenModel, GenUsage).Sample((model, usage) => model.Price(new BilledCall(model.Model, usage, Terms)).Amount is not < 0m);

    [Fact]
    public void The_fast_way_for_text_costs_the_same_as_the_general_way() =>
        Gen.Select(GenModel, GenUsage, Gen.Bool, Gen.Int[0, 3]).Sample((model, usage, textOnly, channel) =>
        {
            PriceTerms terms = Terms with { Batch = channel == 1, ServiceTier = channel == 2 ? "flex" : null, Region = channel == 3 ? "eu" : null };
            Usage used = textOnly ? usage with { InputAudioTokens = 0, InputImageTokens = 0, OutputAudioTokens = 0, OutputImageTokens = 0 } : usage;
            return model.Price(new BilledCall(model.Model, used, terms)).Amount == model.PartsOf(used, terms)?.Total;
        });

    [Fact]
    public void More_tokens_of_any_kind_never_cost_less()
    {
        Func<Usage, long, Usage>[] kinds =
        [
            (usage, more) => usage with { InputTokens = usage.InputTokens + more },
            (usage, more) => usage with { InputTokens = usage.InputTokens + more, CachedInputTokens = usage.CachedInputTokens + more },
            (usage, more) => usage with { InputTokens = usage.InputTokens + more, CacheWriteTokens = usage.CacheWriteTokens + more },
            (usage, more) => usage with { InputTokens = usage.InputTokens + more, CacheWriteTokens = usage.CacheWriteTokens + more, CacheWriteOneHourTokens = usage.CacheWriteOneHourTokens + more },
            (usage, more) => usage with { InputTokens = usage.InputTokens + more, InputAudioTokens = usage.InputAudioTokens + more },
            (usage, more) => usage with { InputTokens = usage.InputTokens + more, InputImageTokens = usage.InputImageTokens + more },
            (usage, more) => usage with { OutputTokens = usage.OutputTokens + more },
            (usage, more) => usage with { OutputTokens = usage.OutputTokens + more, ReasoningTokens = usage.ReasoningTokens + more },
            (usage, more) => usage with { OutputTokens = usage.OutputTokens + more, OutputAudioTokens = usage.OutputAudioTokens + more },
        ];

        Gen.Select(GenModel, GenUsage, Gen.Int[0, kinds.Length - 1], Gen.Int[1, 50_000]).Sample((model, usage, kind, more) =>
            model.Price(new BilledCall(model.Model, usage, Terms)).Amount is not { } before || model.Price(new BilledCall(model.Model, kinds[kind](usage, more), Terms)).Amount >= before);
    }

    [Fact]
    public void A_longer_prompt_never_costs_less_with_any_model()
    {
        IEnumerable<string> cheaper =
            from model in Models
            from thousands in Enumerable.Range(1, 2_000)
            let usage = new Usage { InputTokens = thousands * 1_000, OutputTokens = 1_000 }
            where model.Price(new BilledCall(model.Model, usage, Terms)).Amount < model.Price(new BilledCall(model.Model, usage with { InputTokens = usage.InputTokens - 1_000 }, Terms)).Amount
            select $"{model} from {usage.InputTokens} tokens";

        Assert.Empty(cheaper);
    }

    [Fact]
    public void Calls_of_one_tier_cost_together_what_they_cost_each() =>
        Gen.Select(GenModel, GenUsage, GenUsage).Sample((model, one, other) =>
        {
            // A total that starts another tier isn't one bill; neither are two fees in one.
            Usage sum = Sum(one, other);
            return model.ContextTierOf(sum.InputTokens, Terms) != model.ContextTierOf(one.InputTokens, Terms)
                || model.ContextTierOf(sum.InputTokens, Terms) != model.ContextTierOf(other.InputTokens, Terms)
                || model.Price(new BilledCall(model.Model, sum, Terms) { Calls = 2 }).Amount == model.Price(new BilledCall(model.Model, one, Terms)).Amount + model.Price(new BilledCall(model.Model, other, Terms)).Amount;
        });

    [Fact]
    public void A_cost_is_exact_to_ten_decimal_places_and_beyond() =>
        Gen.Select(Gen.Int[0, int.MaxValue], Gen.Int[0, int.MaxValue], GenPrice, GenPrice).Sample((input, output, inputPrice, outputPrice) =>
        {
            PriceCatalog catalog = Catalog($"standard in {Text(inputPrice)} out {Text(outputPrice)}");
            var exact = (new System.Numerics.BigInteger(input) * new System.Numerics.BigInteger(inputPrice * 10_000m)) + (new System.Numerics.BigInteger(output) * new System.Numerics.BigInteger(outputPrice * 10_000m));

            return new System.Numerics.BigInteger(catalog.Price(new BilledCall("m", new Usage { InputTokens = input, OutputTokens = output }, Terms)).Amount!.Value * 10_000_000_000m) == exact;
        });

    [Fact]
    public void What_is_printed_is_read_back_the_same() =>
        Gen.Select(GenPrice, GenPrice, GenPrice, Gen.Int[1, 1_000_000], Gen.Bool).Sample((input, cached, output, over, graduated) =>
        {
            string text = Catalog($"standard in {Text(input)} cached {Text(cached)} out {Text(output)}\n      standard over {over} in {Text(output)}\n      batch in {Text(cached)}", graduated ? " graduated" : "").Print();

            return PriceCatalog.Parse(text).Print() == text;
        });

    [Fact]
    public void Every_part_of_a_cost_is_the_sum_of_its_leaves() =>
        GenUsage.Sample(usage =>
        {
            CostParts parts = Catalog("standard in 1 cached 2 write 3 write1h 5 out 7 reasoning 11 audio-in 13 audio-out 17 image-in 19 image-out 23").Find("m")!.PartsOf(usage, Terms)!.Value;
            long text = usage.InputTokens - usage.CachedInputTokens - usage.CacheWriteTokens - usage.InputAudioTokens - usage.InputImageTokens;
            long visible = usage.OutputTokens - usage.ReasoningTokens - usage.OutputAudioTokens - usage.OutputImageTokens;
            long input = text + (2 * usage.CachedInputTokens) + (3 * (usage.CacheWriteTokens - usage.CacheWriteOneHourTokens)) + (5 * usage.CacheWriteOneHourTokens) + (13 * usage.InputAudioTokens) + (19 * usage.InputImageTokens);
            long output = (7 * visible) + (11 * usage.ReasoningTokens) + (17 * usage.OutputAudioTokens) + (23 * usage.OutputImageTokens);

            return parts == new CostParts(input / 1_000_000m, output / 1_000_000m, 0m);
        });

    private static Usage Sum(in Usage left, in Usage right) => new()
    {
        InputTokens = left.InputTokens + right.InputTokens,
        CachedInputTokens = left.CachedInputTokens + right.CachedInputTokens,
        CacheWriteTokens = left.CacheWriteTokens + right.CacheWriteTokens,
        CacheWriteOneHourTokens = left.CacheWriteOneHourTokens + right.CacheWriteOneHourTokens,
        InputAudioTokens = left.InputAudioTokens + right.InputAudioTokens,
        InputImageTokens = left.InputImageTokens + right.InputImageTokens,
        OutputTokens = left.OutputTokens + right.OutputTokens,
        ReasoningTokens = left.ReasoningTokens + right.ReasoningTokens,
        OutputAudioTokens = left.OutputAudioTokens + right.OutputAudioTokens,
        OutputImageTokens = left.OutputImageTokens + right.OutputImageTokens,
    };

    private static PriceCatalog Catalog(string lines, string flags = "") =>
        PriceCatalog.Parse($"format 1\nprovider test\n  model m\n    price{flags} source s 2026-01-01\n      {lines}\n");

    private static string Text(decimal price) => price.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
