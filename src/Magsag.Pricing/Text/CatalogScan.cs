using System.Runtime.CompilerServices;
using Magsag.Pricing.Listings;

namespace Magsag.Pricing.Text;

/// <summary>Finds where each provider and each model stands in a catalogue text, without parsing them: loading stays fast, and only providers and models that are asked for are read.</summary>
internal static class CatalogScan
{
    public const int Format = 1;

    public const string ModelMark = "  model ";

    private const string ProviderMark = "provider ";
    private const string AlsoMark = "    also ";

    /// <summary>The providers of a catalogue, each with where its models end.</summary>
    /// <exception cref="PriceFormatException">The text isn't a catalogue.</exception>
    public static IReadOnlyList<CatalogSection> Providers(string text, string file)
    {
        var providers = new List<CatalogSection>();
        int start = Starts(text, 0, ProviderMark) ? 0 : Next(text, 0);
        CheckHead(text, file, start < 0 ? text.Length : start);
        while (start >= 0)
        {
            int stop = LineEnd(text, start);
            int next = Next(text, start);
            providers.Add(new CatalogSection(text, file, start, null, Word(text, start + ProviderMark.Length, stop)) { End = next < 0 ? text.Length : next });
            start = next;
        }

        return providers;
    }

    // Optimised at once: this is the one loop over a provider's text, and most processes run it only once.
    [MethodImpl((MethodImplOptions)512)]
    public static IReadOnlyList<CatalogSection> Models(string text, string file, CatalogSection provider)
    {
        var models = new List<CatalogSection>();
        CatalogSection? last = null;
        for (int start = LineEnd(text, provider.Start) + 1; start < provider.End;)
        {
            int stop = LineEnd(text, start);
            char first = stop > start ? text[start] : '#';
            if (first == ' ')
            {
                // Facts of a model stand four blanks in, its prices six: those are parsed when the model is asked for.
                bool isDeep = stop - start > 3 && text[start + 2] == ' ' && text[start + 3] == ' ';
                if (!isDeep && Starts(text, start, ModelMark))
                {
                    last?.End = start;
                    models.Add(last = new CatalogSection(text, file, start, Word(text, start + ModelMark.Length, stop), provider.Provider));
                }
                else if (isDeep && last is not null && stop - start > 4 && text[start + 4] == 'a' && Starts(text, start, AlsoMark))
                {
                    last.Also = Word(text, start + AlsoMark.Length, stop);
                }
            }
            else if (first is not ('#' or '\r'))
            {
                throw Misplaced(text, file, start, stop);
            }

            start = stop + 1;
        }

        last?.End = provider.End;
        return models;
    }

    private static void CheckHead(string text, string file, int end)
    {
        bool formatSeen = false;
        for (int start = 0; start < end;)
        {
            int stop = LineEnd(text, start);
            string line = Word(text, start, stop);
            if (Starts(text, start, ModelMark))
            {
                throw new CatalogSection(text, file, start, null, "").Fault("A model stands before the first provider; expected a line 'provider NAME' above it.");
            }

            if (line.StartsWith("f", StringComparison.Ordinal) && !formatSeen)
            {
                formatSeen = line == $"format {Format}"
                    ? true
                    : throw new CatalogSection(text, file, start, null, "").Fault($"Expected 'format {Format}', found '{line}'; a newer Magsag may have written this catalogue.");
            }
            else if (line.Length > 0 && line[0] is not ('#' or ' '))
            {
                throw Misplaced(text, file, start, stop);
            }

            start = stop + 1;
        }

        if (!formatSeen)
        {
            throw new PriceFormatException(file, 0, $"The catalogue names no format; expected a line 'format {Format}'.");
        }
    }

    private static PriceFormatException Misplaced(string text, string file, int start, int stop) =>
        new CatalogSection(text, file, start, null, "").Fault($"Expected 'provider NAME' or an indented line, found '{Word(text, start, stop)}'.");

    private static int Next(string text, int start)
    {
        int at = text.IndexOf("\n" + ProviderMark, start, StringComparison.Ordinal);
        return at < 0 ? -1 : at + 1;
    }

    private static int LineEnd(string text, int start)
    {
        int stop = text.IndexOf('\n', start);
        return stop < 0 ? text.Length : stop;
    }

    private static bool Starts(string text, int start, string mark) => string.CompareOrdinal(text, start, mark, 0, mark.Length) == 0;

    private static string Word(string text, int start, int stop) => text.Substring(start, stop - start).TrimEnd();
}
