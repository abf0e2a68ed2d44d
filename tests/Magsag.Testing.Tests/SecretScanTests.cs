namespace Magsag.Testing.Tests;

public sealed class SecretScanTests : TapedTest
{
    private const string Letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

    // Made up by the alphabet, and put together here: a repository that holds them whole is reported by others' scanners.
    public static TheoryData<string> Seeded =>
    [
        "sk-" + Some(48), "sk-proj-" + Some(60), "sk-svcacct-" + Some(60), "sk-admin-" + Some(60), "sk-ant-api03-" + Some(90), "sk-or-v1-" + Hex(64), "sk-lf-" + Some(36),
        "AIza" + Some(35), "ya29." + Some(60), "GOCSPX-" + Some(28),
        "ghp_" + Some(36), "gho_" + Some(36), "ghs_" + Some(36), "ghr_" + Some(36), "ghu_" + Some(36), "github_pat_" + Some(40), "glpat-" + Some(20), "glrt-" + Some(20),
        "AKIA" + Upper(16), "ASIA" + Upper(16), "aws_secret_access_key = " + Some(40), "AWS secret key: " + Some(40),
        "xoxb-" + Some(40), "xoxp-" + Some(40), "https://hooks.slack.com/services/T" + Some(8) + "/B" + Some(8) + "/" + Some(24),
        "sk_live_" + Some(24), "rk_live_" + Some(24), "sk_test_" + Some(24), "whsec_" + Some(32), "SG." + Some(22) + "." + Some(43), "SK" + Hex(32), "key-" + Hex(32),
        "npm_" + Some(36), "pypi-" + Some(80), "oy2" + Some(43).ToLowerInvariant(), "hf_" + Some(34), "gsk_" + Some(52), "xai-" + Some(80), "pplx-" + Some(48), "r8_" + Some(37), "dapi" + Hex(32), "dop_v1_" + Hex(64), "shpat_" + Hex(32), "hvs." + Some(90), "ntn_" + Some(46), "secret_" + Some(43), "lin_api_" + Some(40),
        "PMAK-" + Hex(24) + "-" + Hex(34), "NRAK-" + Upper(27), "123456789:AA" + Some(33), "dp.pt." + Some(43), "AGE-SECRET-KEY-1" + Upper(58),
        "eyJ" + Some(20) + ".eyJ" + Some(40) + "." + Some(43),
        "-----BEGIN " + "PRIVATE KEY-----\nMIIE", "-----BEGIN RSA " + "PRIVATE KEY-----", "-----BEGIN OPENSSH " + "PRIVATE KEY-----", "-----BEGIN EC " + "PRIVATE KEY-----",
        "DefaultEndpointsProtocol=https;AccountName=a;AccountKey=" + Some(86) + "==", "Endpoint=sb://a.example/;SharedAccessKeyName=k;SharedAccessKey=" + Some(44), "https://a.blob.example/c?sv=1&sig=" + Some(43),
        "Server=db;Database=x;User Id=sa;Password=hunter22;", "Host=db;Username=app;Password=hunter22", "postgres://app:hunter22@db/x", "mongodb+srv://app:hunter22@db.example/x", "amqps://app:hunter22@queue",
        "Authorization: Bearer " + Some(40), "authorization: Basic " + Some(40), "api_key=" + Some(32), "\"client_secret\": \"" + Some(40) + "\"", "access_token=" + Some(60), "refresh-token: " + Some(40),
    ];

    [Theory]
    [MemberData(nameof(Seeded))]
    public void A_secret_is_found_in_the_middle_of_a_prompt(string secret)
    {
        string? found = SecretScan.Find(new JsonObject { ["messages"] = new JsonArray(new JsonObject { ["text"] = $"Please use\n{secret}\nfor it." }) });

        Assert.NotNull(found);
        Assert.DoesNotContain(secret, found, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_hundred_ordinary_prompts_hold_none() => Assert.DoesNotContain(OrdinaryPrompts(), static prompt => SecretScan.Find(prompt) is not null);

    [Fact]
    public async Task A_prompt_with_a_secret_is_neither_sent_nor_written()
    {
        Cassette cassette = Insert("secret");
        var provider = StubProvider.Json(ReplayTests.Answer("No.", 20, 2));
        string secret = "ghp_" + Some(36);

        CassetteException error = await Assert.ThrowsAsync<CassetteException>(() => new OpenAI.Chat.ChatClient("gpt-4o-mini", Key, OpenAI(provider, CassetteMode.Record)).CompleteChatAsync($"Is {secret} a good key?"));

        Assert.Contains("its prompt holds a GitHub token", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(secret, error.Message, StringComparison.Ordinal);
        Assert.Equal((0, 0), (provider.Requests, Cassettes.Length));
        Assert.Throws<CassetteException>(cassette.Dispose);
    }

    [Fact]
    public async Task With_hashes_no_prompt_is_kept_and_the_call_is_replayed()
    {
        const string Question = "Where is the refund of Erika Mustermann?";
        using (Insert("hashed"))
        {
            await new OpenAI.Chat.ChatClient("gpt-4o-mini", Key, OpenAI(StubProvider.Json(ReplayTests.Answer("On its way.", 16, 4)), CassetteMode.Record, static options => options.HashPrompts = true)).CompleteChatAsync(Question);
        }

        Assert.DoesNotContain("Mustermann", Text, StringComparison.Ordinal);
        using Cassette cassette = Insert("hashed");
        await new OpenAI.Chat.ChatClient("gpt-4o-mini", Key, OpenAI(StubProvider.Unreachable, CassetteMode.Strict)).CompleteChatAsync(Question);
        Assert.True(cassette.Calls[0].IsReplayed);
    }

    private static IEnumerable<string> OrdinaryPrompts()
    {
        string[] subjects = ["my refund", "the order 4711-2026", "invoice INV-2026-0042", "commit 9f1c2d3e4b5a69788796a5b4c3d2e1f00f1e2d3c", "the ticket at https://example.com/tickets/42?sort=asc", "user 3f2504e0-4f89-11d3-9a0c-0305e82c3301", "the class SupportDesk.Triage.ClassifyAsync", "sk-learn and scikit-learn", "a password reset", "the api key rotation policy"];
        string[] tasks = ["Where is {0}?", "Summarise {0} in three bullets.", "Classify {0} as billing, shipping or other.", "Write a polite answer about {0}.", "Translate \"{0}\" into German.", "Given {{\"id\": 42, \"subject\": \"{0}\"}}, answer as JSON.", "Explain to a newcomer how {0} works.", "Is {0} urgent? Answer yes or no.", "List the risks of {0}, most important first.", "The customer says: \"{0} is late; please help.\"", "SELECT * FROM tickets WHERE subject = '{0}'", "public string Subject => \"{0}\";", "Email bob@example.com about {0}.", "On 2026-12-01T08:00:00Z {0} was opened.", "Base64 of {0} is aGVsbG8gd29ybGQ=", "Server: nginx; {0}; Content-Type: text/html", "The token budget for {0} is 1200 tokens.", "Use the access token flow for {0}.", "Host=localhost; {0}", "ratio 1:2, see {0} @ 10:30"];
        return from subject in subjects from task in tasks select string.Format(System.Globalization.CultureInfo.InvariantCulture, task, subject);
    }

    private static string Some(int length) => Of(Letters, length);

    private static string Hex(int length) => Of("0123456789abcdef", length);

    private static string Upper(int length) => Of("ABCDEFGHJKLMNPQRSTUVWXYZ0123456789", length);

    private static string Of(string letters, int length) => string.Concat(Enumerable.Range(0, length).Select(index => letters[(index * 7 + 3) % letters.Length]));
}
