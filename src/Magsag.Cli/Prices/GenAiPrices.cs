using System.Globalization;
using System.Text.Json;

namespace Magsag.Cli.Prices;

/// <summary>Reads the price list of genai-prices: providers with models, prices in US dollars per million tokens, some of them dated.</summary>
internal static class GenAiPrices
{
    private static readonly Dictionary<string, RateUnit> Units = new(StringComparer.Ordinal)
    {
        ["input_mtok"] = RateUnit.Input,
        ["cache_read_mtok"] = RateUnit.CachedInput,
        ["cache_write_mtok"] = RateUnit.CacheWrite,
        ["cache_write_5m_mtok"] = RateUnit.CacheWrite,
        ["cache_write_1h_mtok"] = RateUnit.CacheWriteOneHour,
        ["output_mtok"] = RateUnit.Output,
        ["output_reasoning_mtok"] = RateUnit.Reasoning,
        ["output_citation_mtok"] = RateUnit.Citation,
        ["input_audio_mtok"] = RateUnit.InputAudio,
        ["cache_audio_read_mtok"] = RateUnit.CachedInputAudio,
        ["output_audio_mtok"] = RateUnit.OutputAudio,
        ["input_image_mtok"] = RateUnit.InputImage,
        ["cache_image_read_mtok"] = RateUnit.CachedInputImage,
        ["output_image_mtok"] = RateUnit.OutputImage,
        ["input_video_mtok"] = RateUnit.InputVideo,
        ["output_video_mtok"] = RateUnit.OutputVideo,
        ["web_searches_kcount"] = RateUnit.WebSearch,
        ["requests_kcount"] = RateUnit.Request,
        ["audio_hours"] = RateUnit.AudioHour,
    };

    // A trillion dollars per million tokens: whatever is above it isn't meant as a price, and sums of it would overflow.
    private const decimal HighestPrice = 1_000_000_000_000m;

    public static IEnumerable<ImportedModel> Read(PriceJson json, DateTime readOn)
    {
        if (json.Root.ValueKind != JsonValueKind.Array)
        {
            throw json.Fault(1, "Expected a list of providers, as genai-prices has.");
        }

        foreach (JsonElement provider in json.Root.EnumerateArray())
        {
            string name = JsonMembers.Text(provider, "id") ?? throw json.Fault(1, "A provider lacks its 'id'.");
            if (JsonMembers.Child(provider, "models") is not { ValueKind: JsonValueKind.Array } models)
            {
                throw json.Fault(json.LineOf(name), $"The provider '{name}' lacks its 'models'.");
            }

            foreach (JsonElement model in models.EnumerateArray())
            {
                string id = JsonMembers.Text(model, "id") ?? throw json.Fault(json.LineOf(name), $"A model of '{name}' lacks its 'id'.");
                yield return ReadModel(model, ImportedProviders.Canonical(name), id.ToLowerInvariant(), json.LineOf(id), readOn);
            }
        }
    }

    private static ImportedModel ReadModel(JsonElement model, string provider, string id, int line, DateTime readOn)
    {
        // "regional" isn't part of any id that Bedrock takes: it is the price of the id in a region and of geographic profiles.
        string named = provider == "aws.bedrock" && id.StartsWith("regional.", StringComparison.Ordinal) ? id["regional.".Length..] : id;
        var entry = new ModelEntry { Provider = provider, Model = named, ContextWindow = JsonMembers.SmallNumber(model, "context_window") };
        var figures = new List<ImportedFigure>();
        if (PriceJson.RepeatedMember(model) is { } twice)
        {
            return ImportedModel.Malformed(entry, line, $"the member '{twice}' stands twice.");
        }

        try
        {
            List<PricePeriod> periods = ReadPeriods(model, figures);
            return ImportedModel.Of(entry, line, [.. periods.Select(period => period with { Source = "genai-prices", ReadOn = readOn })], figures);
        }
        catch (FormatException error)
        {
            return ImportedModel.Malformed(entry, line, error.Message, figures);
        }
    }

    private static List<PricePeriod> ReadPeriods(JsonElement model, List<ImportedFigure> figures)
    {
        JsonElement prices = JsonMembers.Child(model, "prices") ?? throw new FormatException("the model has no 'prices'.");
        if (prices.ValueKind != JsonValueKind.Array)
        {
            return [.. ((PricePeriod[])[new PricePeriod { Lines = ReadLines(prices, "prices", figures) }]).Where(static period => period.Lines.Count > 0)];
        }

        var periods = new List<PricePeriod>();
        DateTime? from = null;
        foreach ((int index, JsonElement conditional) in prices.EnumerateArray().Index())
        {
            PricePeriod period = ReadConditional(conditional, $"prices.{index}", figures);

            // Hours that stand below a dated price are hours of that price.
            period = period.Window is null ? period : period with { From = from };
            from = period.From;
            if (period.Lines.Count > 0)
            {
                periods.Add(period);
            }
        }

        return periods;
    }

    private static PricePeriod ReadConditional(JsonElement conditional, string name, List<ImportedFigure> figures)
    {
        var period = new PricePeriod { Lines = ReadLines(JsonMembers.Child(conditional, "prices") ?? throw new FormatException("a conditional price has no 'prices'."), name, figures) };
        if (JsonMembers.Child(conditional, "constraint") is not { } constraint)
        {
            return period;
        }

        if (JsonMembers.Text(constraint, "start_date") is { } date)
        {
            return DateTime.TryParseExact(date, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTime from)
                ? period with { From = from }
                : throw new FormatException($"'{Excerpt.From(date)}' isn't a date.");
        }

        return Time(constraint, "start_time") is { } start && Time(constraint, "end_time") is { } end && start != end
            ? period with { Window = new DailyWindow(start, end) }
            : throw new FormatException("a price has a condition that isn't known here.");
    }

    private static TimeSpan? Time(JsonElement constraint, string name) =>
        JsonMembers.Text(constraint, name) is { } text && TimeSpan.TryParseExact(text.TrimEnd('Z'), @"hh\:mm\:ss", CultureInfo.InvariantCulture, out TimeSpan time) && time.Seconds == 0 ? time : null;

    private static IReadOnlyList<RateLine> ReadLines(JsonElement prices, string path, List<ImportedFigure> figures)
    {
        if (prices.ValueKind != JsonValueKind.Object)
        {
            throw new FormatException($"'prices' is {Excerpt.From(prices.GetRawText())}; expected an object.");
        }

        var lines = new RateLineList(figures);
        foreach (JsonProperty price in prices.EnumerateObject())
        {
            string name = $"{path}.{price.Name}";
            foreach ((string figure, long over, decimal value) in ReadTiers(price, name))
            {
                if (Units.TryGetValue(price.Name, out RateUnit unit))
                {
                    lines.Add(figure, "standard", over, unit, value);
                }
                else
                {
                    lines.Refuse(figure, value, $"the catalogue has no unit for '{price.Name}'");
                }
            }
        }

        return lines.Lines();
    }

    private static IEnumerable<(string Figure, long Over, decimal Value)> ReadTiers(JsonProperty price, string name)
    {
        bool isTiered = price.Value.ValueKind == JsonValueKind.Object;
        yield return (isTiered ? name + ".base" : name, 0, PriceOf(price.Name, isTiered ? JsonMembers.Child(price.Value, "base") : price.Value));
        foreach ((int index, JsonElement tier) in JsonMembers.Child(price.Value, "tiers") is { ValueKind: JsonValueKind.Array } tiers ? tiers.EnumerateArray().Index() : [])
        {
            long start = JsonMembers.Number(tier, "start") is { } found and > 0 ? found : throw new FormatException($"a tier of '{price.Name}' has no 'start'.");
            yield return ($"{name}.tiers.{index}.price", start, PriceOf(price.Name, JsonMembers.Child(tier, "price")));
        }
    }

    private static decimal PriceOf(string name, JsonElement? value)
    {
        string text = value is not { } found ? "missing" : found.ValueKind == JsonValueKind.String ? found.GetString()! : found.GetRawText();
        return decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal price) && price is >= 0m and < HighestPrice
            ? price
            : throw new FormatException($"'{name}' is {Excerpt.From(text)}; expected US dollars per million tokens, 0 or more.");
    }
}
