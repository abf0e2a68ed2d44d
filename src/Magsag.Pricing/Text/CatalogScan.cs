using System.Runtime.CompilerServices;
using Magsag.Pricing.Listings;

namespace Magsag.Pricing.Text;

/// <summary>Finds where each provider and each model stands in a catalogue text, without parsing them: loading stays fast, and only models that are asked for are parsed.</summary>
internal sealed class CatalogScan
{
    public const int Format = 1;

    private const string ProviderMark = "provider ";
    private const string ModelMark = "  model ";
    private const string AlsoMark = "    also ";

    private readonly string _text;
    private readonly string _file;
    private readonly List<CatalogSection> _sections = [];

    private CatalogScan(string text, string file)
    {
        _text = text;
        _file = file;
    }

    public static IReadOnlyList<CatalogSection> Sections(string text, string file)
    {
        var scan = new CatalogScan(text, file);
        scan.Run();
        return scan._sections;
    }

    // Optimised at once: this is the one loop over the whole text, and most processes run it only once.
    [MethodImpl((MethodImplOptions)512)]
    private void Run()
    {
        int line = 0;
        int last = -1;
        bool formatSeen = false;
        for (int start = 0; start < _text.Length;)
        {
            line++;
            int stop = _text.IndexOf('\n', start);
            stop = stop < 0 ? _text.Length : stop;
            char first = stop > start ? _text[start] : '#';
            if (first == ' ')
            {
                // Facts of a model stand four blanks in, its prices six: those are parsed when the model is asked for.
                bool isDeep = stop - start > 3 && _text[start + 2] == ' ' && _text[start + 3] == ' ';
                if (!isDeep && Starts(start, ModelMark))
                {
                    last = AddModel(start, stop, line, last);
                }
                else if (isDeep && last >= 0 && stop - start > 4 && _text[start + 4] == 'a' && _sections[last].Model is not null && Starts(start, AlsoMark))
                {
                    _sections[last].Also = Word(start + AlsoMark.Length, stop);
                }
            }
            else if (first == 'p' && Starts(start, ProviderMark))
            {
                last = Open(start, last);
                _sections.Add(new CatalogSection(_text, _file, start, line, null, Word(start + ProviderMark.Length, stop)));
            }
            else if (first == 'f' && !formatSeen)
            {
                formatSeen = ReadFormat(start, stop, line);
            }
            else if (first is not ('#' or '\r'))
            {
                throw new PriceFormatException(_file, line, $"Expected 'provider NAME' or an indented line, found '{_text.Substring(start, stop - start).Trim()}'.");
            }

            start = stop + 1;
        }

        Open(_text.Length, last);
        if (!formatSeen)
        {
            throw new PriceFormatException(_file, 0, $"The catalogue names no format; expected a line 'format {Format}'.");
        }
    }

    private int AddModel(int start, int stop, int line, int last)
    {
        if (last < 0)
        {
            throw new PriceFormatException(_file, line, "A model stands before the first provider; expected a line 'provider NAME' above it.");
        }

        string provider = _sections[last].Provider;
        int section = Open(start, last);
        _sections.Add(new CatalogSection(_text, _file, start, line, Word(start + ModelMark.Length, stop), provider));
        return section;
    }

    private int Open(int start, int last)
    {
        if (last >= 0)
        {
            _sections[last].End = start;
        }

        return _sections.Count;
    }

    private bool ReadFormat(int start, int stop, int line)
    {
        string text = _text.Substring(start, stop - start).TrimEnd();
        return text == $"format {Format}"
            ? true
            : throw new PriceFormatException(_file, line, $"Expected 'format {Format}', found '{text}'; a newer Magsag may have written this catalogue.");
    }

    private bool Starts(int start, string mark) => string.CompareOrdinal(_text, start, mark, 0, mark.Length) == 0;

    private string Word(int start, int stop) => _text.Substring(start, stop - start).TrimEnd();
}
