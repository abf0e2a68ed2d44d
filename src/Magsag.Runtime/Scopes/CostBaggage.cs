using System.Text;

namespace Magsag.Runtime.Scopes;

/// <summary>A scope in the W3C header <c>baggage</c>, by which it reaches the next service.</summary>
internal static class CostBaggage
{
    public const string HeaderName = "baggage";

    private const string RunKey = "magsag.run";
    private const string AgentKey = "magsag.agent";
    private const string CustomerKey = "magsag.customer";
    private const string BillingTierKey = "magsag.billing_tier";
    private const string TestKey = "magsag.test";

    // What W3C asks every participant to carry, and more than any name of ours needs.
    private const int MostBytes = 8192;
    private const int MostMembers = 64;
    private const int MostCharacters = 256;

    /// <summary>A scope as list members; empty when it says nothing.</summary>
    public static string Write(CostScope scope)
    {
        var members = new StringBuilder();
        Append(members, RunKey, scope.RunId);
        Append(members, AgentKey, scope.Agent);
        Append(members, CustomerKey, scope.Customer);
        Append(members, BillingTierKey, scope.BillingTier);
        Append(members, TestKey, scope.Test);
        return members.ToString();
    }

    /// <summary>Begins the scope that headers carry; null when they carry none. Members that are too long, too many or malformed are left out.</summary>
    public static CostScope? Begin(IEnumerable<string?> headers)
    {
        Dictionary<string, string> found = Read(headers);
        return found.Count == 0 ? null : CostScope.Begin(
            agent: found.GetValueOrDefault(AgentKey),
            customer: found.GetValueOrDefault(CustomerKey),
            run: found.GetValueOrDefault(RunKey),
            billingTier: found.GetValueOrDefault(BillingTierKey),
            test: found.GetValueOrDefault(TestKey));
    }

    private static Dictionary<string, string> Read(IEnumerable<string?> headers)
    {
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        int bytes = 0;
        int members = 0;
        foreach (string header in headers.OfType<string>())
        {
            bytes += header.Length;
            if (bytes > MostBytes)
            {
                break;
            }

            foreach (string member in header.Split(','))
            {
                if (++members > MostMembers)
                {
                    return found;
                }

                ReadMember(member, found);
            }
        }

        return found;
    }

    private static void ReadMember(string member, Dictionary<string, string> found)
    {
        // What follows a semicolon are properties, which ours have none of.
        string pair = member.Split(';')[0];
        int equals = pair.IndexOf('=', StringComparison.Ordinal);
        string key = equals < 0 ? "" : pair[..equals].Trim();
        if (key is not (RunKey or AgentKey or CustomerKey or BillingTierKey or TestKey))
        {
            return;
        }

        string value = Uri.UnescapeDataString(pair[(equals + 1)..].Trim());
        if (value.Length is > 0 and <= MostCharacters && !value.Any(char.IsControl))
        {
            found.TryAdd(key, value);
        }
    }

    private static void Append(StringBuilder members, string key, string? value)
    {
        if (value is { Length: > 0 and <= MostCharacters })
        {
            members.Append(members.Length > 0 ? "," : "").Append(key).Append('=').Append(Uri.EscapeDataString(value));
        }
    }
}
