namespace Magsag.Analyzers;

/// <summary>Names of models in settings, in which <c>*</c> stands for anything: <c>gpt-4*, o1-preview</c>.</summary>
internal static class ModelPattern
{
    /// <summary>True when one of the patterns, separated by commas, names the model.</summary>
    public static bool AnyMatches(string patterns, string model) => patterns.Split(',').Any(pattern => Matches(pattern.Trim(), model));

    private static bool Matches(string pattern, string model)
    {
        if (pattern.Length == 0)
        {
            return false;
        }

        string[] parts = pattern.Split('*');
        if (parts.Length == 1)
        {
            return string.Equals(pattern, model, StringComparison.OrdinalIgnoreCase);
        }

        string last = parts[parts.Length - 1];
        if (!model.StartsWith(parts[0], StringComparison.OrdinalIgnoreCase) || !model.EndsWith(last, StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        int position = parts[0].Length;
        int end = model.Length - last.Length;
        foreach (string part in parts.Skip(1).Take(parts.Length - 2))
        {
            int found = position <= end ? model.IndexOf(part, position, end - position, StringComparison.OrdinalIgnoreCase) : -1;
            if (found < 0)
            {
                return false;
            }

            position = found + part.Length;
        }

        return position <= end;
    }
}
