using System.Globalization;
using System.Text;

namespace Magsag.Storage;

/// <summary>
/// Writes words as PostgreSQL's text search takes them: each once as it is and once with the name of its field before it, so that the
/// words of one field can be searched for. The words are cut by <see cref="SearchText"/>, not by PostgreSQL's parser.
/// </summary>
internal static class PostgresWords
{
    private const int LastPosition = 16_383;

    // PostgreSQL refuses a vector beyond a megabyte.
    private const int MostCharacters = 200_000;

    // Words of different fields are no neighbours.
    private const int FieldGap = 10;

    public static string VectorOf(in Series series)
    {
        string?[] texts = SearchField.TextsOf(series);
        var vector = new StringBuilder();
        int position = 1;
        for (int index = 0; index < texts.Length; index++)
        {
            foreach (string word in SearchText.Words(texts[index]))
            {
                if (position > LastPosition || vector.Length > MostCharacters)
                {
                    return vector.ToString();
                }

                vector.Append(CultureInfo.InvariantCulture, $"'{word}':{position} '{SearchField.TextNames[index]}:{word}':{position} ");
                position++;
            }

            position += FieldGap;
        }

        return vector.ToString();
    }

    // The words hold nothing but letters and digits: they can't break out of their quotes.
    public static string Phrase(string field, SearchTerm term) =>
        string.Join(" <-> ", term.Words.Select((word, index) => $"'{field}{word}'{(term.IsPrefix && index == term.Words.Count - 1 ? ":*" : "")}"));
}
