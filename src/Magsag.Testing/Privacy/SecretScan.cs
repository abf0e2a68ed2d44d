using System.Collections.Concurrent;
using System.Text.RegularExpressions;

namespace Magsag.Testing.Privacy;

/// <summary>Finds keys, tokens and connection strings in what is about to be written.</summary>
internal static class SecretScan
{
    private const int ShortestKey = 8;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    // What real ones look like, as their issuers document it; the prefix keeps ordinary text out.
    private static readonly (string Name, Regex Pattern)[] Patterns =
    [
        ("an API key (sk-…)", Of(@"\bsk-[A-Za-z0-9_-]{20,}")),
        ("a Google API key", Of(@"\bAIza[0-9A-Za-z_-]{35}")),
        ("a Google OAuth token", Of(@"\bya29\.[0-9A-Za-z_-]{20,}")),
        ("a Google client secret", Of(@"\bGOCSPX-[0-9A-Za-z_-]{20,}")),
        ("a GitHub token", Of(@"\b(?:gh[pousr]_[A-Za-z0-9]{36,}|github_pat_[A-Za-z0-9_]{22,})")),
        ("a GitLab token", Of(@"\bgl(?:pat|dt|rt|cbt)-[A-Za-z0-9_-]{20,}")),
        ("an AWS access key id", Of(@"\b(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}\b")),
        ("an AWS secret key", Of(@"(?i)aws.{0,20}secret.{0,20}[=:]\s*[""']?[A-Za-z0-9/+=]{40}\b")),
        ("a Slack token", Of(@"\bxox[abeprs]-[A-Za-z0-9-]{10,}")),
        ("a Slack webhook", Of(@"hooks\.slack\.com/services/T[A-Za-z0-9]+/B[A-Za-z0-9]+/[A-Za-z0-9]{16,}")),
        ("a Stripe key", Of(@"\b(?:[sr]k_(?:live|test)_|whsec_)[A-Za-z0-9]{16,}")),
        ("a SendGrid key", Of(@"\bSG\.[A-Za-z0-9_-]{16,}\.[A-Za-z0-9_-]{16,}")),
        ("a Twilio key", Of(@"\bSK[0-9a-f]{32}\b")),
        ("a Mailgun key", Of(@"\bkey-[0-9a-f]{32}\b")),
        ("an npm token", Of(@"\bnpm_[A-Za-z0-9]{36}")),
        ("a PyPI token", Of(@"\bpypi-[A-Za-z0-9_-]{50,}")),
        ("a NuGet key", Of(@"\boy2[a-z0-9]{43}\b")),
        ("a Hugging Face token", Of(@"\bhf_[A-Za-z0-9]{30,}")),
        ("a Groq key", Of(@"\bgsk_[A-Za-z0-9]{30,}")),
        ("an xAI key", Of(@"\bxai-[A-Za-z0-9]{40,}")),
        ("a Perplexity key", Of(@"\bpplx-[A-Za-z0-9]{40,}")),
        ("a Replicate token", Of(@"\br8_[A-Za-z0-9]{36,}")),
        ("a Databricks token", Of(@"\bdapi[0-9a-f]{32}\b")),
        ("a DigitalOcean token", Of(@"\bdo[opr]_v1_[0-9a-f]{64}\b")),
        ("a Shopify token", Of(@"\bshp(?:at|ca|pa|ss)_[0-9a-fA-F]{32}\b")),
        ("a Vault token", Of(@"\bhv[sbr]\.[A-Za-z0-9_-]{24,}")),
        ("a Notion token", Of(@"\b(?:secret_[A-Za-z0-9]{43}|ntn_[A-Za-z0-9]{40,})")),
        ("a Linear key", Of(@"\blin_api_[A-Za-z0-9]{32,}")),
        ("a Postman key", Of(@"\bPMAK-[0-9a-f]{24}-[0-9a-f]{34}\b")),
        ("a New Relic key", Of(@"\bNRAK-[A-Z0-9]{27}\b")),
        ("a Square token", Of(@"\b(?:sq0[a-z]{3}-[A-Za-z0-9_-]{22,}|EAAA[A-Za-z0-9_-]{60})")),
        ("a Telegram token", Of(@"\b\d{8,10}:AA[A-Za-z0-9_-]{32,}")),
        ("a Discord token", Of(@"\b[MNO][A-Za-z\d_-]{23,25}\.[A-Za-z\d_-]{6}\.[A-Za-z\d_-]{27,}")),
        ("an Entra client secret", Of(@"\b[A-Za-z0-9_~.-]{3}\dQ~[A-Za-z0-9_~.-]{31,34}")),
        ("a Doppler token", Of(@"\bdp\.(?:pt|st|ct)\.[A-Za-z0-9_.-]{40,}")),
        ("an age key", Of(@"\bAGE-SECRET-KEY-1[0-9A-Z]{58}\b")),
        ("a JSON Web Token", Of(@"\beyJ[A-Za-z0-9_-]{8,}\.eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]*")),
        ("a private key", Of(@"-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----")),
        ("an Azure key", Of(@"(?i)\b(?:AccountKey|SharedAccessKey|SharedAccessSignature)\s*=\s*[A-Za-z0-9+/=%&?]{30,}")),
        ("a shared access signature", Of(@"[?&]sig=[A-Za-z0-9%+/=]{30,}")),
        ("a connection string with a password", Of(@"(?i)\b(?:server|data source|host|address|addr)\s*=[^;\r\n]{1,200};[^\r\n]{0,400}?\b(?:password|pwd)\s*=\s*[^;\s]{3,}")),
        ("an address with a password", Of(@"\b[a-z][a-z0-9+.-]{1,20}://[^\s:/@]{1,100}:[^\s@/]{3,100}@[^\s/]+")),
        ("an authorization header", Of(@"(?i)\bauthorization\b[""']?\s*[:=]\s*[""']?(?:bearer|basic)\s+[A-Za-z0-9._~+/=-]{16,}")),
        ("a key or token", Of(@"(?i)\b(?:api[_-]?key|secret[_-]?key|client[_-]?secret|access[_-]?token|auth[_-]?token|refresh[_-]?token)\b[""']?\s*[:=]\s*[""']?(?=[^\s""']*\d)[A-Za-z0-9_/+.=-]{20,}")),
    ];

    private static readonly ConcurrentDictionary<string, string> Known = new(StringComparer.Ordinal);

    /// <summary>Takes note of a credential that this process uses: it is found wherever it stands.</summary>
    /// <param name="value">The credential, never written anywhere.</param>
    /// <param name="origin">Where it comes from.</param>
    public static void Note(string? value, string origin)
    {
        if (value is { Length: >= ShortestKey })
        {
            Known.TryAdd(value, origin);
        }
    }

    /// <summary>What stands in a JSON value that mustn't be written: what it is, never the value; null when nothing does.</summary>
    public static string? Find(JsonNode? node) => node switch
    {
        JsonObject members => members.Select(static member => Find(member.Key) ?? Find(member.Value)).FirstOrDefault(static found => found is not null),
        JsonArray items => items.Select(Find).FirstOrDefault(static found => found is not null),
        _ => Find(CanonicalJson.Text(node)),
    };

    /// <inheritdoc cref="Find(JsonNode)"/>
    public static string? Find(string? text)
    {
        if (string.IsNullOrEmpty(text) || text.Length < ShortestKey)
        {
            return null;
        }

        foreach ((string value, string origin) in Known)
        {
            if (text.Contains(value, StringComparison.Ordinal))
            {
                return origin;
            }
        }

        return Patterns.FirstOrDefault(pattern => pattern.Pattern.IsMatch(text)).Name;
    }

    private static Regex Of(string pattern) => new(pattern, RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, Patience);
}
