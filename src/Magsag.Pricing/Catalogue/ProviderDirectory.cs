using Magsag.Pricing.Ids;
using Magsag.Pricing.Listings;

namespace Magsag.Pricing.Catalogue;

/// <summary>Every provider's models, and the search for the one that an id names.</summary>
internal sealed class ProviderDirectory
{
    private readonly Dictionary<string, ProviderBook> _byName = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<ProviderBook> _books = [];

    public IReadOnlyList<ProviderBook> Books => _books;

    public bool Knows(string provider) => _byName.ContainsKey(provider);

    public ProviderBook? Find(string provider) => _byName.TryGetValue(provider, out ProviderBook? book) ? book : null;

    public ProviderBook FindOrAdd(string provider)
    {
        if (Find(provider) is { } known)
        {
            return known;
        }

        var book = new ProviderBook(new ProviderEntry { Name = provider });
        Add(book, provider, 0);
        return book;
    }

    /// <exception cref="PriceFormatException">One of the provider's names is another's already.</exception>
    public void Add(ProviderBook book, string file, int line)
    {
        _books.Add(book);
        foreach (string name in book.Entry.Also.Prepend(book.Entry.Name))
        {
            if (Find(name) is { } other)
            {
                throw new PriceFormatException(file, line, $"'{name}' already names the provider {other.Entry.Name}; a name stands for one provider.");
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
            var own = new ProviderBook(book.Entry);
            foreach (ListedModel model in book.Models)
            {
                own.Add(model, replace: true);
            }

            copy.Add(own, book.Entry.Name, 0);
        }

        return copy;
    }

    public ModelPrice? Resolve(string modelId, string? provider)
    {
        string id = ModelId.WithoutPath(modelId);
        if (provider is not null && Find(provider) is { } book)
        {
            return FindAt(book, id);
        }

        if (modelId.StartsWith("arn:aws", StringComparison.OrdinalIgnoreCase) && Find("aws.bedrock") is { } bedrock)
        {
            return FindAt(bedrock, id);
        }

        return FindPrefixed(id) ?? FindAnywhere(id);
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
            return FreeModel.Create(id, book.Entry);
        }

        int slash = id.IndexOf('/');
        return slash > 0 ? FindAt(book, id.Substring(slash + 1)) : null;
    }

    // Nobody said which provider: the maker's own price, or else the price of the only one that has the model.
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

        return FindAtOnlyReseller(id);
    }

    private ModelPrice? FindAtOnlyReseller(string id)
    {
        ModelPrice? only = null;
        foreach (ProviderBook book in _books)
        {
            if (book.Entry.Resells && book.Find(id) is { } price)
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
