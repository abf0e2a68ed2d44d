using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.RegularExpressions;

namespace Magsag.Testing.Http;

/// <summary>One request through a cassette, and its answer: from the file, or from the provider and into the file.</summary>
internal sealed partial class TapedExchange
{
    private static readonly string[] CredentialHeaders = ["Authorization", "api-key", "x-api-key", "x-goog-api-key"];

    private readonly HttpRequestMessage _request;
    private readonly CassetteOptions _options;
    private readonly Cassette _cassette;
    private readonly CassetteMode _mode;
    private readonly AnswerForm _form;
    private readonly TapedRequest _asked;
    private readonly ReplayedRequest _wanted;

    private TapedExchange(HttpRequestMessage request, CassetteOptions options, Cassette cassette, CassetteMode mode, AnswerForm form, TapedRequest asked, ReplayedRequest wanted) =>
        (_request, _options, _cassette, _mode, _form, _asked, _wanted) = (request, options, cassette, mode, form, asked, wanted);

    /// <summary>Reads a request and finds its cassette.</summary>
    /// <exception cref="CassetteException">No test is running, the request can't be read, or it holds a secret that would be written.</exception>
    public static TapedExchange Begin(HttpRequestMessage request, ReadOnlyMemory<byte>? body, CassetteOptions options)
    {
        WireApi api = WireApi.At(request.RequestUri)!;
        Cassette cassette = Cassette.Find(options.Host.Directory)
            ?? throw new CassetteException("A call was made through a cassette outside any test. Call it in a test, or open one: using var cassette = Cassette.Insert(\"name\"); with xunit v2, whose tests aren't told to anybody, do so in each test.");
        bool hasKey = NoteCredentials(request);
        CassetteMode mode = cassette.ModeFor(options, hasKey);
        if (AnswerForm.For(api) is not { } form || body is null || WireBody.Read(api, request.RequestUri!, body.Value.Span) is not { } canonical)
        {
            var unreadable = new CassetteException($"A request to {request.RequestUri!.AbsolutePath} can't be kept in a cassette: expected a JSON body of chat, responses, messages, generateContent or embeddings.");
            cassette.Fail(unreadable);
            throw unreadable;
        }

        TapedRequest asked = cassette.Take(canonical, api.Format.ToString().ToLowerInvariant(), WireAddress.ProviderOf(request.RequestUri!) ?? api.Owner, options);
        return new TapedExchange(request, options, cassette, mode, form, asked, WantedBy(request, canonical, asked.Provider));
    }

    /// <summary>The recorded answer as a response; null when the call is to be made.</summary>
    /// <exception cref="CassetteMissException">It isn't recorded, and mustn't be made.</exception>
    public HttpResponseMessage? Answer()
    {
        if (_cassette.Play(_asked, _mode, _options, _form) is not { } played)
        {
            CheckSecrets();
            return null;
        }

        WireExchange.MarkReplayed(played.Drift is not null);
        if (ReplayObserver.Current is { } observer)
        {
            observer.IsReplayed = true;
        }

        var response = new HttpResponseMessage((HttpStatusCode)played.Entry.Status) { RequestMessage = _request, Content = ContentOf(played) };
        if (played.Entry.Status >= 400)
        {
            // The attempt is repeated at once: nobody is waited for.
            response.Headers.RetryAfter = new RetryConditionHeaderValue(TimeSpan.Zero);
            response.Headers.Add("retry-after-ms", "1");
        }

        return response;
    }

    /// <summary>Watches the provider's answer while the app reads it, and keeps it once it is whole.</summary>
    public HttpResponseMessage Watch(HttpResponseMessage response)
    {
        if (ReplayObserver.Current is { } observer)
        {
            observer.IsReplayed = false;
        }

        // A key that is refused is no answer worth keeping.
        if (response.StatusCode is not (HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden))
        {
            response.Content = new TrackedContent(response.Content, new RecordedAnswer(this, response));
        }

        return response;
    }

    /// <summary>Keeps an answer.</summary>
    /// <exception cref="CassetteException">It can't be kept.</exception>
    public void Keep(int status, AnswerKind kind, byte[] bytes)
    {
        if (status >= 400)
        {
            _cassette.Record(_asked, status, ErrorOf(bytes), _mode, _options, null);
        }
        else if (AnswerBytes.ToBody(bytes, kind, _form) is { } body)
        {
            _cassette.Record(_asked, status, body, _mode, _options, _form);
        }
    }

    private static ReplayedRequest WantedBy(HttpRequestMessage request, CanonicalRequest canonical, string? provider)
    {
        bool asksForUsage = canonical.Settings.GetValueOrDefault("stream_options")?["include_usage"] is JsonValue asks && asks.TryGetValue(out bool wants) && wants;
        return new ReplayedRequest(
            canonical.IsStreamed,
            WantsUsage: asksForUsage || provider is not ("openai" or "azure.ai.openai"),
            IsServerSent: request.RequestUri!.Query.Contains("alt=sse", StringComparison.Ordinal),
            WantsBase64: CanonicalJson.Text(canonical.Settings.GetValueOrDefault("encoding_format")) == "base64");
    }

    // What this process sends as a credential is found wherever it stands. Without any (Ollama) there is nothing that could be missing.
    private static bool NoteCredentials(HttpRequestMessage request)
    {
        bool hasKey = true;
        foreach (string header in CredentialHeaders)
        {
            if (request.Headers.NonValidated.TryGetValues(header, out HeaderStringValues values))
            {
                string value = values.ToString();
                hasKey &= !Cassette.IsReplayKey(value);
                if (!Cassette.IsReplayKey(value))
                {
                    SecretScan.Note(value.Split(' ')[^1], $"the value of the header {header}");
                }
            }
        }

        string key = KeyInAddress().Match(request.RequestUri!.Query).Groups[1].Value;
        SecretScan.Note(Cassette.IsReplayKey(key) ? null : key, "the key of the address");
        return hasKey && !Cassette.IsReplayKey(key);
    }

    // Before it is paid for.
    private void CheckSecrets()
    {
        if (_mode is CassetteMode.Record or CassetteMode.Missing && !_options.HashPrompts && SecretScan.Find(_asked.Content) is { } secret)
        {
            var refused = new CassetteException($"The call isn't made: its prompt holds {secret}, which would be written into {Path.GetFileName(_cassette.FilePath)}. Take it out of the prompt, or put a made-up one in its place with options.Normalize.");
            _cassette.Fail(refused);
            throw refused;
        }
    }

    private HttpContent ContentOf(Playback played)
    {
        JsonObject body = played.Body;
        bool isStream = _wanted.IsStreamed && played.Entry.Status < 300;
        if (played.Entry.Status < 300)
        {
            _form.Renew(body, _wanted);
        }

        string type = isStream && (_form is not GeminiAnswer || _wanted.IsServerSent) ? _form.StreamType : "application/json";
        if (!isStream)
        {
            return new StringContent(body.ToJsonString(), Encoding.UTF8, type);
        }

        var text = new StringBuilder();
        foreach (string piece in _form.Split(body, _wanted))
        {
            text.Append(piece);
        }

        return new StringContent(text.ToString(), Encoding.UTF8, type);
    }

    // Of an error its kind and message are kept; ids of requests and organisations aren't.
    private static JsonObject ErrorOf(byte[] bytes)
    {
        try
        {
            if (JsonNode.Parse(bytes) is JsonObject body)
            {
                Pieces.Remove(body, "request_id", "id");
                return (JsonObject)WithoutIds(body)!;
            }
        }
        catch (Exception error) when (error is System.Text.Json.JsonException or ArgumentException)
        {
            // A proxy's page says nothing that a replay needs.
        }

        return new JsonObject { ["error"] = new JsonObject { ["message"] = "The provider answered with an error that isn't JSON." } };
    }

    private static JsonNode? WithoutIds(JsonNode? node) => node switch
    {
        JsonObject members => new JsonObject(members.Select(static member => KeyValuePair.Create(member.Key, WithoutIds(member.Value)))),
        JsonArray items => new JsonArray([.. items.Select(WithoutIds)]),
        _ when CanonicalJson.Text(node) is { } text => IdInMessage().Replace(text, "[id]"),
        _ => node?.DeepClone(),
    };

    [GeneratedRegex(@"\b(?:org|req|proj|user)[-_][A-Za-z0-9]{6,}\b", RegexOptions.CultureInvariant)]
    private static partial Regex IdInMessage();

    [GeneratedRegex(@"[?&]key=([^&]+)", RegexOptions.CultureInvariant)]
    private static partial Regex KeyInAddress();
}
