namespace Magsag.Pricing.Ids;

/// <summary>Names in settings and policies, in which <c>*</c> stands for anything: <c>gpt-4*, o1-preview</c>.</summary>
internal static class ModelPattern
{
    /// <summary>True when the patterns name the model. The first that matches decides; one with a <c>!</c> before it exempts.</summary>
    public static bool AnyNames(IEnumerable<string> patterns, string model)
    {
        foreach (string pattern in patterns)
        {
            bool exempts = pattern.StartsWith("!", StringComparison.Ordinal);
            if (NamesModel(exempts ? pattern.Substring(1).Trim() : pattern, model))
            {
                return !exempts;
            }
        }

        return false;
    }

    /// <summary>True when the pattern names the model or the model that it is a dated version of: <c>gpt-4o</c> names <c>gpt-4o-2024-08-06</c>, not <c>gpt-4o-mini</c>.</summary>
    public static bool NamesModel(string pattern, string model) =>
        Matches(pattern, model, StringComparison.OrdinalIgnoreCase) || Matches(pattern, Undated(model), StringComparison.OrdinalIgnoreCase);

    /// <summary>The model without path and date: what a limit on it is kept under.</summary>
    public static string Undated(string model) => ModelId.WithoutSnapshot(ModelId.WithoutPath(model));

    /// <summary>True when the pattern matches the whole name.</summary>
    public static bool Matches(string pattern, string name, StringComparison comparison)
    {
        if (pattern.Length == 0)
        {
            return name.Length == 0;
        }

        string[] parts = pattern.Split('*');
        if (parts.Length == 1)
        {
            return string.Equals(pattern, name, comparison);
        }

        string last = parts[parts.Length - 1];
        if (!name.StartsWith(parts[0], comparison) || !name.EndsWith(last, comparison))
        {
            return false;
        }

        int position = parts[0].Length;
        int end = name.Length - last.Length;
        foreach (string part in parts.Skip(1).Take(parts.Length - 2))
        {
            int found = position <= end ? name.IndexOf(part, position, end - position, comparison) : -1;
            if (found < 0)
            {
                return false;
            }

            position = found + part.Length;
        }

        return position <= end;
    }
}
