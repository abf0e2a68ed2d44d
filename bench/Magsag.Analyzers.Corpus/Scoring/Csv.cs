using System.Globalization;

namespace Magsag.Analyzers.Corpus.Scoring;

/// <summary>Numbers in the corpus' files.</summary>
internal static class Csv
{
    public static int ToInt(string cell) => int.Parse(cell, NumberStyles.None, CultureInfo.InvariantCulture);
}
