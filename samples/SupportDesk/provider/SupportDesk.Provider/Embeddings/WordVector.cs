using SupportDesk.Provider.Replies;

namespace SupportDesk.Provider.Embeddings;

/// <summary>A vector of unit length in which texts that share words are near each other.</summary>
internal static class WordVector
{
    public static float[] Of(string text, int dimensions)
    {
        var vector = new float[dimensions];
        foreach (var stem in Words.StemsOf(text).GroupBy(stem => stem, StringComparer.Ordinal))
        {
            vector[Hash(stem.Key) % (uint)dimensions] += 1 + MathF.Log(stem.Count());
        }

        var length = MathF.Sqrt(vector.Sum(number => number * number));
        return length == 0 ? vector : [.. vector.Select(number => number / length)];
    }

    /// <summary>FNV-1a: unlike <see cref="string.GetHashCode()"/>, it is the same in every process.</summary>
    private static uint Hash(string word) =>
        word.Aggregate(2166136261u, (hash, letter) => unchecked((hash ^ letter) * 16777619u));
}
