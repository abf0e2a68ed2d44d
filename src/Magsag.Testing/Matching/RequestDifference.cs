using System.Globalization;
using Magsag.Ledger.Figures;

namespace Magsag.Testing.Matching;

/// <summary>Says in words what differs between a recorded request and the one that is made.</summary>
internal static class RequestDifference
{
    private const int Shown = 60;

    /// <summary>What differs: the first message that does, with its tokens, or the settings and tools.</summary>
    public static string Describe(CassetteEntry recorded, CanonicalRequest request)
    {
        var counter = TokenCounter.For(request.Model);
        if (recorded.ToRequest() is not { } before)
        {
            return DescribeHashed(recorded, request, counter);
        }

        List<string> differences = [.. Settings(before, request)];
        int count = Math.Max(before.Messages.Count, request.Messages.Count);
        for (int index = 0; index < count; index++)
        {
            CanonicalMessage? old = before.Messages.ElementAtOrDefault(index);
            CanonicalMessage? now = request.Messages.ElementAtOrDefault(index);
            if (old is null || now is null || !JsonNode.DeepEquals(old.ToJson(), now.ToJson()))
            {
                differences.Add(Message(index, old, now, counter));
                break;
            }
        }

        string total = CanonicalTokens.Count(before, counter) is { } was && CanonicalTokens.Count(request, counter) is { } count2 ? $" In all {Change(was, count2)} input tokens." : "";
        return string.Join("; ", differences) + "." + total + Proposal(before, request);
    }

    private static IEnumerable<string> Settings(CanonicalRequest before, CanonicalRequest request)
    {
        if (before.Model != request.Model)
        {
            yield return $"model {before.Model} → {request.Model}";
        }

        foreach (string name in before.Settings.Keys.Union(request.Settings.Keys).Where(static name => !RequestKey.LeftOut.Contains(name)).Order(StringComparer.Ordinal))
        {
            (JsonNode? old, JsonNode? now) = (before.Settings.GetValueOrDefault(name), request.Settings.GetValueOrDefault(name));
            if (!JsonNode.DeepEquals(old, now))
            {
                yield return $"{name} {Short(old?.ToJsonString() ?? "unset")} → {Short(now?.ToJsonString() ?? "unset")}";
            }
        }

        HashSet<string> known = [.. before.Tools.Select(static tool => tool.ToJson().ToJsonString())];
        foreach (CanonicalTool tool in request.Tools.Where(tool => !known.Contains(tool.ToJson().ToJsonString())))
        {
            yield return before.Tools.Any(old => old.Name == tool.Name) ? $"tool {tool.Name} is declared otherwise" : $"tool {tool.Name} is new";
        }

        foreach (CanonicalTool tool in before.Tools.Where(tool => request.Tools.All(now => now.Name != tool.Name)))
        {
            yield return $"tool {tool.Name} is gone";
        }
    }

    private static string Message(int index, CanonicalMessage? before, CanonicalMessage? now, TokenCounter counter)
    {
        string which = string.Create(CultureInfo.InvariantCulture, $"message {index + 1} ({(now ?? before)!.Role})");
        if (before is null || now is null)
        {
            return $"{which} is {(before is null ? "new" : "gone")} ({(before is null ? "+" : "-")}{MoneyText.Count(CanonicalTokens.Count((now ?? before)!, counter))} tokens)";
        }

        int at = before.Text.AsSpan().CommonPrefixLength(now.Text);
        return $"{which} differs from character {MoneyText.Count(at + 1)} on, {Change(CanonicalTokens.Count(before, counter), CanonicalTokens.Count(now, counter))} tokens: \"{Excerpt(before.Text, at)}\" → \"{Excerpt(now.Text, at)}\"";
    }

    private static string DescribeHashed(CassetteEntry recorded, CanonicalRequest request, TokenCounter counter)
    {
        JsonArray? hashed = recorded.Request["hashed"] as JsonArray;
        JsonArray? now = HashedRequest.From(request, []) ["hashed"] as JsonArray;
        int index = 0;
        while (index < Math.Min(hashed?.Count ?? 0, now!.Count) && CanonicalJson.Text(hashed![index]?["sha256"]) == CanonicalJson.Text(now[index]?["sha256"]))
        {
            index++;
        }

        return index < request.Messages.Count
            ? string.Create(CultureInfo.InvariantCulture, $"message {index + 1} ({request.Messages[index].Role}) differs, {Change(Pieces.Count(hashed?.ElementAtOrDefault(index), "tokens"), CanonicalTokens.Count(request.Messages[index], counter))} tokens (the cassette keeps hashes only).")
            : "the settings, the tools or the number of messages differ (the cassette keeps hashes only).";
    }

    private static string Change(long before, long after) => $"{MoneyText.Count(before)} → {MoneyText.Count(after)} ({(after >= before ? "+" : "-")}{MoneyText.Count(Math.Abs(after - before))})";

    private static string Proposal(CanonicalRequest before, CanonicalRequest request)
    {
        foreach ((string name, string of, Func<string, string> normalize) in CassetteNormalizers.All)
        {
            CanonicalRequest old = RequestKey.Normalize(before, [normalize]);
            CanonicalRequest now = RequestKey.Normalize(request, [normalize]);
            if (old.KeyOf(RequestKey.LeftOut) == now.KeyOf(RequestKey.LeftOut))
            {
                return $" Nothing differs but {of}: take it out of the prompt, where it also defeats the provider's prompt cache (MAG006), or leave it out of the comparison: options.Normalize.Add(CassetteNormalizers.{name}).";
            }
        }

        return "";
    }

    private static string Excerpt(string text, int at)
    {
        string rest = text[Math.Max(0, at - 10)..].ReplaceLineEndings("\\n");
        return Short(rest);
    }

    private static string Short(string text) => text.Length <= Shown ? text : text[..(Shown - (char.IsHighSurrogate(text[Shown - 1]) ? 1 : 0))] + "…";
}
