using System.Globalization;
using System.Text;
using Magsag.Storage.Schema;

namespace Magsag.Storage.Postgres;

/// <summary>
/// Writes words as PostgreSQL's text search takes them: each once as it is and once with the name of its field before it, so that the
/// words of one field can be searched for. The words are cut by <see cref="WordSplitter"/>, not by PostgreSQL's parser.
/// </summary>
internal static class PostgresWords
{
    private const int LastPosition = 16_383;

    // PostgreSQL refuses a vector beyond a megabyte.
    private const int MostCharacters = 200_000;

    // Words of different fields are no neighbours.
    private const int FieldGap = 10;

    /// <summary>The words of a series as the text of a <c>tsvector</c>.</summary>
    public static string WriteVector(Series series)
    {
        var vector = new StringBuilder();
        int position = 1;
        foreach ((SeriesLabel label, string? text) in SeriesLabel.All.Zip(series.Labels).Where(static label => label.First.Type == ColumnType.Text))
        {
            foreach (string word in label.Name == SeriesLabel.TagsName ? WordSplitter.SplitTags(text) : WordSplitter.Split(text))
            {
                if (position > LastPosition || vector.Length > MostCharacters)
                {
                    return vector.ToString();
                }

                vector.Append(CultureInfo.InvariantCulture, $"'{word}':{position} '{label.Name}:{word}':{position} ");
                position++;
            }

            position += FieldGap;
        }

        return vector.ToString();
    }

    // The words hold nothing but letters and digits: they can't break out of their quotes.
    public static string Phrase(string field, IReadOnlyList<string> words, bool isPrefix) =>
        string.Join(" <-> ", words.Select((word, index) => $"'{field}{word}'{(isPrefix && index == words.Count - 1 ? ":*" : "")}"));
}
