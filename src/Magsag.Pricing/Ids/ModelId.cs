namespace Magsag.Pricing.Ids;

/// <summary>Brings a model id, as an SDK sends it or a provider returns it, into the forms under which the catalogue may list it.</summary>
internal static class ModelId
{
    /// <summary>The most letters that an id can have. Ids come from outside, and looking for one takes longer the longer it is; the longest that providers give (ARNs, paths of resources) have less than half of this.</summary>
    public const int MostLetters = 512;

    private static readonly string[] BedrockGeographies =
        ["us.", "eu.", "apac.", "au.", "jp.", "ca.", "sa.", "me.", "af.", "in.", "regional."];

    private static readonly string[] AliasEndings = ["-latest", "@latest", "@default"];

    /// <summary>The id in lower case without what only says where it is served: an ARN, a resource path.</summary>
    public static string WithoutPath(string id)
    {
        string bare = id.Trim().ToLowerInvariant();
        if (bare.StartsWith("arn:", StringComparison.Ordinal))
        {
            bare = bare.Substring(bare.LastIndexOf('/') + 1);
        }

        int models = bare.LastIndexOf("models/", StringComparison.Ordinal);
        return models == 0 || (models > 0 && bare[models - 1] == '/' && !bare.StartsWith("accounts/", StringComparison.Ordinal))
            ? bare.Substring(models + "models/".Length)
            : bare;
    }

    /// <summary>A Bedrock id without the prefix of a geographic inference profile; <c>global.</c> and the government's <c>us-gov.</c> stay, for they have prices of their own.</summary>
    public static string WithoutGeography(string id)
    {
        foreach (string geography in BedrockGeographies)
        {
            if (id.StartsWith(geography, StringComparison.Ordinal))
            {
                return id.Substring(geography.Length);
            }
        }

        return id;
    }

    /// <summary>Without Bedrock's version (<c>-v1:0</c>, <c>:0</c>).</summary>
    public static string WithoutVersion(string id)
    {
        int colon = id.IndexOf(':');
        string bare = colon > 0 && IsVersion(id, colon + 1) ? id.Substring(0, colon) : id;
        int dash = bare.LastIndexOf("-v", StringComparison.Ordinal);
        return dash > 0 && IsDigits(bare, dash + 2, bare.Length) ? bare.Substring(0, dash) : bare;
    }

    // "0" or, with a context length, "0:200k"; a tag of Ollama's such as "14b" is none.
    private static bool IsVersion(string id, int start)
    {
        int end = id.IndexOf(':', start);
        return IsDigits(id, start, end < 0 ? id.Length : end) && (end < 0 || (id[id.Length - 1] == 'k' && IsDigits(id, end + 1, id.Length - 1)));
    }

    /// <summary>Without the date of a snapshot (<c>-2024-08-06</c>, <c>-20241022</c>, <c>@20250514</c>, <c>-0613</c>) and without <c>-latest</c>.</summary>
    public static string WithoutSnapshot(string id)
    {
        foreach (string ending in AliasEndings)
        {
            if (id.EndsWith(ending, StringComparison.Ordinal))
            {
                return id.Substring(0, id.Length - ending.Length);
            }
        }

        foreach (int length in SnapshotLengths)
        {
            int start = id.Length - length;
            if (start > 0 && IsSnapshot(id, start))
            {
                return id.Substring(0, start);
            }
        }

        return id;
    }

    /// <summary>The base of a fine-tuned id: <c>ft:gpt-4o-mini-2024-07-18:org::id</c> → <c>ft:gpt-4o-mini-2024-07-18</c>, Azure's <c>gpt-4o.ft-id</c> too; null when it isn't fine-tuned.</summary>
    public static string? FineTuned(string id)
    {
        if (id.StartsWith("ft:", StringComparison.Ordinal))
        {
            int end = id.IndexOf(':', "ft:".Length);
            return end < 0 ? id : id.Substring(0, end);
        }

        int mark = id.IndexOf(".ft-", StringComparison.Ordinal);
        return mark > 0 ? "ft:" + id.Substring(0, mark) : null;
    }

    private static readonly int[] SnapshotLengths = ["-2024-08-06".Length, "-20241022".Length, "-0613".Length];

    private static bool IsSnapshot(string id, int start)
    {
        if (id[start] is not ('-' or '@'))
        {
            return false;
        }

        int length = id.Length - start;
        if (length != "-2024-08-06".Length)
        {
            return IsDigits(id, start + 1, id.Length);
        }

        return IsDigits(id, start + 1, start + 5) && id[start + 5] == '-' && IsDigits(id, start + 6, start + 8) && id[start + 8] == '-' && IsDigits(id, start + 9, id.Length);
    }

    private static bool IsDigits(string text, int start, int end)
    {
        for (int at = start; at < end; at++)
        {
            if (text[at] is < '0' or > '9')
            {
                return false;
            }
        }

        return end > start;
    }
}
