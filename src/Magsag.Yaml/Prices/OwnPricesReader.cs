using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Magsag.Ledger.Files;
using Magsag.Pricing.Catalogue;
using Magsag.Pricing.Listings;
using YamlDotNet.RepresentationModel;

namespace Magsag.Yaml.Prices;

/// <summary>Reads <c>magsag.prices.yaml</c> from top to bottom.</summary>
internal sealed class OwnPricesReader(string path, PriceCatalog catalog)
{
    internal static readonly string[] FileKeys = ["version", "catalogue", "deployments", "models"];

    internal static readonly string[] ModelKeys =
        ["provider", "model", "also", "mode", "context_window", "max_output_tokens", "retired", "successor", "discount_percent", "currency", "source", "checked", "uplifts", "prices"];

    private readonly PriceYaml _yaml = new(path);
    private readonly Dictionary<string, YamlNode> _deployments = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<ModelEntry> _models = [];
    private PriceCatalog _catalog = catalog;

    public PriceCatalog Read()
    {
        YamlMappingNode root = _yaml.Load();
        if (_yaml.Members(root, "a mapping").FirstOrDefault(static member => member.Key.Value == "catalogue").Value is { } named)
        {
            _catalog = ReadCatalogue(named);
        }

        bool versioned = false;
        foreach ((YamlScalarNode key, YamlNode value) in _yaml.Members(root, "a mapping"))
        {
            switch (key.Value)
            {
                case "version":
                    versioned = _yaml.Text(value) == "1" ? true : throw _yaml.Fault(value, $"Expected 'version: 1', found '{_yaml.Text(value)}'; a newer Magsag may be needed.");
                    break;
                case "catalogue":
                    break;
                case "deployments":
                    ReadDeployments(value);
                    break;
                case "models":
                    foreach (YamlNode model in _yaml.Items(value, "models"))
                    {
                        ReadModel(model);
                    }

                    break;
                default:
                    throw _yaml.UnknownKey(key, FileKeys);
            }
        }

        return versioned ? WithDeployments(_catalog.With(_models, [])) : throw _yaml.Fault(root, "The file names no version; expected 'version: 1'.");
    }

    // A catalogue that `magsag prices update` brought: only the very bytes that were checked then.
    private PriceCatalog ReadCatalogue(YamlNode node)
    {
        (YamlScalarNode Key, YamlNode Value)[] members = [.. _yaml.Members(node, "the keys 'file' and 'sha256'")];
        string Required(string key) => members.FirstOrDefault(member => member.Key.Value == key).Value is { } value ? _yaml.Text(value) : throw _yaml.Fault(node, $"The catalogue lacks the key '{key}'.");
        string file = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(path))!, Required("file"));
        try
        {
            byte[] content = File.ReadAllBytes(file);
            using var sha256 = SHA256.Create();
            string hash = string.Concat(sha256.ComputeHash(content).Select(static octet => octet.ToString("x2", CultureInfo.InvariantCulture)));
            return hash.Equals(Required("sha256"), StringComparison.OrdinalIgnoreCase)
                ? PriceCatalog.Parse(Encoding.UTF8.GetString(content), file)
                : throw _yaml.Fault(node, $"{Required("file")} has the SHA-256 {hash}, another one than is stated here; `magsag prices update` brings it again.");
        }
        catch (PriceFormatException error)
        {
            throw new UnreadableInputException(file, error.Line, error.Problem, error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw _yaml.Fault(node, $"{Required("file")} can't be read: {error.Message}");
        }
    }

    // Last, because a deployment may run a model that the file itself describes further down.
    private PriceCatalog WithDeployments(PriceCatalog own)
    {
        var models = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (KeyValuePair<string, YamlNode> deployment in _deployments)
        {
            string id = _yaml.Text(deployment.Value);
            if (own.Find(id) is null)
            {
                IReadOnlyList<string> nearest = own.Nearest(id);
                throw _yaml.Fault(deployment.Value, $"The catalogue doesn't know the model '{id}'{(nearest.Count > 0 ? $"; the nearest names are {string.Join(", ", nearest)}" : "")}.");
            }

            models.Add(deployment.Key, id);
        }

        return own.WithDeployments(models);
    }

    private void ReadDeployments(YamlNode node)
    {
        foreach ((YamlScalarNode name, YamlNode model) in _yaml.Members(node, "deployment names with their models, such as 'support-prod: gpt-4o-mini'"))
        {
            _deployments[name.Value!] = model;
        }
    }

    private void ReadModel(YamlNode node)
    {
        var members = new Dictionary<string, YamlNode>(StringComparer.Ordinal);
        foreach ((YamlScalarNode key, YamlNode value) in _yaml.Members(node, "a model with the keys 'provider', 'model' and 'prices'"))
        {
            members.Add(ModelKeys.Contains(key.Value) ? key.Value! : throw _yaml.UnknownKey(key, ModelKeys), value);
        }

        YamlNode Required(string key) => members.TryGetValue(key, out YamlNode? value) ? value : throw _yaml.Fault(node, $"The model lacks the key '{key}'.");
        if (members.TryGetValue("currency", out YamlNode? currency) && _yaml.Text(currency) != "USD")
        {
            throw _yaml.Fault(currency, $"The currency '{_yaml.Text(currency)}' isn't known; prices are in US dollars (USD).");
        }

        string provider = _catalog.CanonicalProvider(Name(Required("provider")));
        string id = Name(Required("model"));
        ModelPrice? below = _catalog.Find(id, provider) is { } found && found.Provider == provider ? found : null;
        bool isChecked = members.TryGetValue("checked", out YamlNode? flag) && _yaml.Flag(flag);
        string source = members.TryGetValue("source", out YamlNode? origin) ? _yaml.Text(origin).Replace(' ', '-') : "own";
        var prices = new OwnPeriodsReader(_yaml, below?.Entry, source, _catalog.AsOf.UtcDateTime, isChecked);
        IReadOnlyList<PricePeriod> periods = (members.TryGetValue("prices", out YamlNode? listed), members.TryGetValue("discount_percent", out YamlNode? discount)) switch
        {
            (true, false) => prices.Read(listed!),
            (false, true) when below is not null => prices.Discounted(_yaml.Number(discount!, "a discount in percent, above 0 and at most 100", 0m, 100m)),
            (false, true) => throw _yaml.Fault(discount!, $"A discount needs a listed price, and the catalogue doesn't know '{id}' of {provider}."),
            _ => throw _yaml.Fault(node, "Expected either 'prices' or 'discount_percent'."),
        };

        // A snapshot that the catalogue lists among a model's other names gets a price of its own; the model keeps its price.
        bool isSnapshot = below is not null && below.Entry.Also.Contains(id);
        ModelEntry entry = (below?.Entry ?? new ModelEntry()) with { Provider = provider, Model = isSnapshot ? id : below?.Model ?? id, Periods = Before(below, periods) };
        if (_models.Any(other => other.Provider == provider && other.Model == entry.Model))
        {
            throw _yaml.Fault(node, $"The model '{entry.Model}' of {provider} stands twice in the file.");
        }

        _models.Add(WithFacts(isSnapshot ? entry with { Also = [] } : entry, members));
    }

    // Own prices that begin on a day leave what the catalogue says of the time before.
    private static IReadOnlyList<PricePeriod> Before(ModelPrice? below, IReadOnlyList<PricePeriod> own) =>
        below is not null && own[0].From is { } first ? [.. below.Entry.Periods.Where(period => period.From is null || period.From < first), .. own] : own;

    private string Name(YamlNode node) =>
        _yaml.Text(node) is { } name && !name.Any(char.IsWhiteSpace) ? name.ToLowerInvariant() : throw _yaml.Fault(node, $"The name '{_yaml.Text(node)}' has a blank in it.");

    private ModelEntry WithFacts(ModelEntry entry, Dictionary<string, YamlNode> members)
    {
        foreach (KeyValuePair<string, YamlNode> member in members)
        {
            entry = member.Key switch
            {
                "also" => entry with { Also = [.. entry.Also.Concat(_yaml.Items(member.Value, "names").Select(Name)).Distinct(StringComparer.Ordinal)] },
                "mode" => entry with { Mode = _yaml.Text(member.Value) },
                "context_window" => entry with { ContextWindow = _yaml.Count(member.Value) },
                "max_output_tokens" => entry with { MaxOutputTokens = _yaml.Count(member.Value) },
                "retired" => entry with { RetiredOn = _yaml.Date(member.Value) },
                "successor" => entry with { Successor = _yaml.Text(member.Value) },
                "uplifts" => entry with { Uplifts = ReadUplifts(member.Value) },
                _ => entry,
            };
        }

        return entry;
    }

    private List<Uplift> ReadUplifts(YamlNode node)
    {
        var uplifts = new List<Uplift>();
        foreach ((YamlScalarNode region, YamlNode factor) in _yaml.Members(node, "regions with their factors, such as 'eu: 1.1'"))
        {
            uplifts.Add(new Uplift(region.Value!, _yaml.Number(factor, "a factor such as 1.1", 0m, 10m)));
        }

        return uplifts;
    }
}
