using Magsag.Pricing.Costs;
using Magsag.Pricing.Listings;

namespace Magsag.Pricing.Catalogue;

/// <summary>Compares models of one provider by what they cost and what they can do.</summary>
internal static class Economy
{
    // What a model is made for, where its name says so: a cheaper model has to be made for the same.
    private static readonly HashSet<string> Specialities = new(StringComparer.Ordinal)
    {
        "audio", "realtime", "search", "transcribe", "tts", "image", "codex", "code", "coder", "guard", "safeguard", "research", "live", "omni",
        "vision", "vl", "computer", "instruct", "embedding", "embed", "rerank", "moderation", "oss", "sonic", "ft", "multi",
    };

    private static readonly char[] Separators = ['-', ':', '/', '_', '.'];

    public static IReadOnlyList<CheaperModel> CheaperThan(ModelPrice model, IEnumerable<ModelPrice> candidates, PriceTerms terms, Predicate<ModelPrice> isServed)
    {
        if (BlendedPrice(model, terms) is not { } price || price == 0m)
        {
            return [];
        }

        return
        [
            .. candidates
                .Where(candidate => candidate.Model != model.Model && isServed(candidate) && CanReplace(candidate, model, terms))
                .Select(candidate => (candidate, price: BlendedPrice(candidate, terms)))
                .Where(pair => pair.price < price)
                .OrderByDescending(pair => SharedNameParts(pair.candidate.Model, model.Model))
                .ThenBy(pair => pair.price)
                .ThenBy(pair => pair.candidate.Model, StringComparer.Ordinal)
                .Select(pair => Compare(pair.candidate, pair.price!.Value, price)),
        ];
    }

    private static CheaperModel Compare(ModelPrice candidate, decimal price, decimal current) =>
        new(candidate, 100m * (current - price) / current, price == 0m ? null : current / price);

    private static bool CanReplace(ModelPrice candidate, ModelPrice model, in PriceTerms terms) =>
        candidate.Mode == model.Mode
        && (model.ContextWindow is null || candidate.ContextWindow >= model.ContextWindow)
        && SpecialitiesOf(candidate.Model).SetEquals(SpecialitiesOf(model.Model))
        && PricesSameModalities(candidate.RatesFor(terms), model.RatesFor(terms));

    private static bool PricesSameModalities(Rates? candidate, Rates? model) =>
        candidate is not null && model is not null
        && (model[RateUnit.InputAudio] is null || candidate[RateUnit.InputAudio] is not null)
        && (model[RateUnit.OutputAudio] is null || candidate[RateUnit.OutputAudio] is not null)
        && (model[RateUnit.OutputImage] is null || candidate[RateUnit.OutputImage] is not null);

    // Three input tokens to one output token, the usual mix of chat.
    private static decimal? BlendedPrice(ModelPrice model, in PriceTerms terms) =>
        model.RatesFor(terms) is { Input: { } input } rates ? ((3m * input) + (rates.Output ?? 0m)) / 4m : null;

    private static HashSet<string> SpecialitiesOf(string id)
    {
        var found = new HashSet<string>(id.Split(Separators), StringComparer.Ordinal);
        found.IntersectWith(Specialities);
        return found;
    }

    private static int SharedNameParts(string one, string other) => one.Split(Separators).Zip(other.Split(Separators), string.Equals).TakeWhile(same => same).Count();
}
