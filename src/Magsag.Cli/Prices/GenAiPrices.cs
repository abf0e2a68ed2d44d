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
        var entry = new ModelEntry { Provider = provider, Model = id, ContextWindow = JsonMembers.SmallNumber(model, "context_window") };
        if (PriceJson.RepeatedMember(model) is { } twice)
        {
            return ImportedModel.Malformed(entry, line, $"the member '{twice}' stands twice.");
        }

        try
        {
            return ImportedModel.Of(entry, line, [.. ReadPeriods(model).Select(period => period with { Source = "genai-prices", ReadOn = readOn })]);
        }
        catch (FormatException error)
        {
            return ImportedModel.Malformed(entry, line, error.Message);
        }
    }

    private static IEnumerable<PricePeriod> ReadPeriods(JsonElement model)
    {
        JsonElement prices = JsonMembers.Child(model, "prices") ?? throw new FormatException("the model has no 'prices'.");
        return prices.ValueKind == JsonValueKind.Array
            ? prices.EnumerateArray().Select(ReadConditional).Where(period => period.Lines.Count > 0)
            : ((PricePeriod[])[new PricePeriod { Lines = ReadLines(prices) }]).Where(period => period.Lines.Count > 0);
    }

    private static PricePeriod ReadConditional(JsonElement conditional)
    {
        var period = new PricePeriod { Lines = ReadLines(JsonMembers.Child(conditional, "prices") ?? throw new FormatException("a conditional price has no 'prices'.")) };
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

        return Time(constraint, "start_time") is { } start && Time(constraint, "end_time") is { } end
            ? period with { Window = new DailyWindow(start, end) }
            : throw new FormatException("a price has a condition that isn't known here.");
    }

    private static TimeSpan? Time(JsonElement constraint, string name) =>
        JsonMembers.Text(constraint, name) is { } text && TimeSpan.TryParseExact(text.TrimEnd('Z'), @"hh\:mm\:ss", CultureInfo.InvariantCulture, out TimeSpan time) ? time : null;

    private static List<RateLine> ReadLines(JsonElement prices)
    {
        if (prices.ValueKind != JsonValueKind.Object)
        {
            throw new FormatException($"'prices' is {Excerpt.From(prices.GetRawText())}; expected an object.");
        }

        var bands = new SortedDictionary<long, decimal?[]>();
        foreach (JsonProperty price in prices.EnumerateObject())
        {
            if (!Units.TryGetValue(price.Name, out RateUnit unit))
            {
                continue;
            }

            Set(bands, 0, unit, PriceOf(price.Name, price.Value.ValueKind == JsonValueKind.Object ? JsonMembers.Child(price.Value, "base") : price.Value));
            foreach (JsonElement tier in JsonMembers.Child(price.Value, "tiers") is { ValueKind: JsonValueKind.Array } tiers ? tiers.EnumerateArray() : default)
            {
                long start = JsonMembers.Number(tier, "start") is { } found and >= 0 ? found : throw new FormatException($"a tier of '{price.Name}' has no 'start'.");
                Set(bands, start, unit, PriceOf(price.Name, JsonMembers.Child(tier, "price")));
            }
        }

        return [.. bands.Select(band => new RateLine("standard", band.Key, new Rates(band.Value)))];
    }

    private static void Set(SortedDictionary<long, decimal?[]> bands, long over, RateUnit unit, decimal price)
    {
        if (!bands.TryGetValue(over, out decimal?[]? prices))
        {
            bands.Add(over, prices = new decimal?[RateUnits.Count]);
        }

        prices[(int)unit] = price;
    }

    private static decimal PriceOf(string name, JsonElement? value)
    {
        string text = value is not { } found ? "missing" : found.ValueKind == JsonValueKind.String ? found.GetString()! : found.GetRawText();
        return decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal price) && price is >= 0m and < HighestPrice
            ? price
            : throw new FormatException($"'{name}' is {Excerpt.From(text)}; expected US dollars per million tokens, 0 or more.");
    }
}
