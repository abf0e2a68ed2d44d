using Magsag.Pricing.Ids;
using Magsag.Pricing.Listings;
using Magsag.Pricing.Text;

namespace Magsag.Pricing.Catalogue;

/// <summary>Every provider's models, and the search for the one that an id names.</summary>
internal sealed class ProviderDirectory
{
    private readonly Dictionary<string, ProviderBook> _byName = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<ProviderBook> _books = [];

    public IReadOnlyList<ProviderBook> Books => _books;

    public IEnumerable<string> Names => _byName.Keys;

    public bool Knows(string provider) => _byName.ContainsKey(provider);

    public ProviderBook? Find(string provider) => _byName.TryGetValue(provider, out ProviderBook? book) ? book : null;

    public ProviderBook FindOrAdd(string provider)
    {
        if (Find(provider) is { } known)
        {
            return known;
        }

        var book = new ProviderBook(new ProviderEntry { Name = provider });
        Add(book, provider, null);
        return book;
    }

    /// <exception cref="PriceFormatException">One of the provider's names is another's already.</exception>
    public void Add(ProviderBook book, string file, CatalogSection? section)
    {
        _books.Add(book);
        foreach (string name in book.Entry.Also.Prepend(book.Entry.Name))
        {
            if (Find(name) is { } other)
            {
                throw new PriceFormatException(file, section?.Line ?? 0, $"'{name}' already names the provider {other.Entry.Name}; a name stands for one provider.");
            }

            _byName.Add(name, book);
        }
    }

    /// <summary>The same models in books of their own, to which others can be added.</summary>
    public ProviderDirectory Copy()
    {
        var copy = new ProviderDirectory();
        foreach (ProviderBook book in _books)
        {
            copy.Add(new ProviderBook(book), book.Entry.Name, null);
        }

        return copy;
    }

    /// <summary>Finds the model at a provider, or where nobody says which: a provider that isn't known sells nothing that is.</summary>
    public ModelPrice? Resolve(string modelId, string? provider)
    {
        string id = ModelId.WithoutPath(modelId);
        if (provider is not null)
        {
            return Find(provider) is { } book ? FindAt(book, id) : null;
        }

        // Resources of a cloud say whose they are.
        string? cloud = modelId.StartsWith("arn:aws", StringComparison.OrdinalIgnoreCase) ? ProviderBook.Bedrock
            : modelId.StartsWith("projects/", StringComparison.OrdinalIgnoreCase) ? "gcp.vertex_ai"
            : null;
        return cloud is not null && Find(cloud) is { } owner ? FindAt(owner, id) : FindPrefixed(id) ?? FindAnywhere(id);
    }

    // "azure/gpt-4o": the first part names the provider, or one that resells its models.
    private ModelPrice? FindPrefixed(string id)
    {
        int slash = id.IndexOf('/');
        return slash > 0 && Find(id.Substring(0, slash)) is { } book ? FindAt(book, id.Substring(slash + 1)) : null;
    }

    private ModelPrice? FindAt(ProviderBook book, string id)
    {
        if (book.Find(id) is { } listed)
        {
            return listed;
        }

        foreach (string other in book.Entry.Like)
        {
            if (Find(other)?.Find(id) is { } price)
            {
                return book.Resell(price);
            }
        }

        if (book.Entry.Free)
        {
            return FreeModel.IsServedElsewhere(id) ? null : FreeModel.Create(id, book.Entry);
        }

        int slash = id.IndexOf('/');
        return slash > 0 ? FindBelow(book, id.Substring(0, slash), id.Substring(slash + 1)) : null;
    }

    // What stands before a slash: the provider or a maker whose models it sells, a way to call it, a zone. Anything else makes it another model.
    private ModelPrice? FindBelow(ProviderBook book, string prefix, string id)
    {
        if (ServingPath.IsRoute(prefix) || (Find(prefix) is { } named && (named == book || !named.Entry.Resells || book.Entry.Like.Contains(named.Entry.Name))))
        {
            return FindAt(book, id);
        }

        return book.Entry.Name == ProviderBook.Bedrock
            ? ServingPath.IsStandardRegion(prefix) ? FindAt(book, id) : null
            : FindAt(book, id) is { } price ? book.InZone(price, prefix) : null;
    }

    // Nobody said which provider: the maker's own price, or else the price of the only one that has a model of this name.
    private ModelPrice? FindAnywhere(string id)
    {
        // Exact names of all makers first: most ids are one, and the search by parts costs more.
        foreach (ProviderBook book in _books)
        {
            if (!book.Entry.Resells && book.FindName(id) is { } price)
            {
                return price;
            }
        }

        foreach (ProviderBook book in _books)
        {
            if (!book.Entry.Resells && !book.Entry.Free && book.Find(id) is { } price)
            {
                return price;
            }
        }

        // "meta-llama/llama-3.3-70b" names weights that anyone may serve, also those that the catalogue doesn't have.
        return id.IndexOf('/') < 0 || ServingPath.IsAccount(id) ? FindAtOnlyReseller(id) : null;
    }

    /// <summary>The providers that list a model of this very name.</summary>
    public string[] SellersOf(string modelId)
    {
        string id = ModelId.WithoutPath(modelId);
        return [.. _books.Where(book => book.FindName(id) is not null).Select(book => book.Entry.Name)];
    }

    private ModelPrice? FindAtOnlyReseller(string id)
    {
        ModelPrice? only = null;
        foreach (ProviderBook book in _books)
        {
            if (book.Entry.Resells && (book.Entry.Name == ProviderBook.Bedrock ? book.Find(id) : book.FindName(id)) is { } price)
            {
                if (only is not null)
                {
                    return null;
                }

                only = price;
            }
        }

        return only;
    }
}
