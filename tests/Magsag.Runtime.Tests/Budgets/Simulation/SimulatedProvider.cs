using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Microsoft.ML.Tokenizers;

namespace Magsag.Runtime.Tests;

/// <summary>A provider without a network that speaks OpenAI's format, fails in every way that costs or doesn't, and keeps the books of what it bills.</summary>
internal sealed class SimulatedProvider(int seed, Gates gates, TimeProvider time) : HttpMessageHandler
{
    public const string Model = "gpt-4o-mini";
    private const decimal InputPrice = 0.15m / 1_000_000m;
    private const decimal OutputPrice = 0.60m / 1_000_000m;
    private const int LongestOverrun = 400;

    private static readonly Tokenizer Tokens = TiktokenTokenizer.CreateForEncoding("o200k_base");

    private readonly Lock _lock = new();
    private readonly Random _random = new(seed);
    private readonly List<(DateTimeOffset At, string Run, decimal Usd)> _bills = [];

    /// <summary>What was billed, when and for which run.</summary>
    public IReadOnlyList<(DateTimeOffset At, string Run, decimal Usd)> Bills
    {
        get
        {
            lock (_lock)
            {
                return [.. _bills];
            }
        }
    }

    /// <summary>What was billed beyond the caps that were sent: no budget can hold what a provider does after it was told to stop.</summary>
    public decimal Beyond { get; private set; }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using JsonDocument body = JsonDocument.Parse(await request.Content!.ReadAsStringAsync(cancellationToken));
        SimulatedOutcome outcome;
        int output;
        int cap = body.RootElement.GetProperty("max_completion_tokens").GetInt32();
        bool stream = body.RootElement.TryGetProperty("stream", out JsonElement streamed) && streamed.GetBoolean();
        string[] words = TextOf(body.RootElement.GetProperty("messages")[0].GetProperty("content")).Split(' ');
        string run = words[0];
        int input = CountInput(body.RootElement) + int.Parse(words[1], CultureInfo.InvariantCulture);
        lock (_lock)
        {
            outcome = (SimulatedOutcome)_random.Next((int)SimulatedOutcome.NotConnected + 1);
            outcome = outcome == SimulatedOutcome.GoesOn && !stream ? SimulatedOutcome.Answered : outcome;
            output = outcome == SimulatedOutcome.GoesOn ? cap : _random.Next(1, cap + 1);
            if (outcome is not (SimulatedOutcome.TooMany or SimulatedOutcome.NotConnected))
            {
                _bills.Add((time.GetUtcNow(), run, (input * InputPrice) + (output * OutputPrice)));
            }
        }

        await gates.PassAsync();
        return outcome switch
        {
            SimulatedOutcome.TimedOut => throw new TaskCanceledException("late", new TimeoutException()),
            SimulatedOutcome.Reset => throw new HttpRequestException(HttpRequestError.ResponseEnded, "reset", new IOException("reset")),
            SimulatedOutcome.NotConnected => throw new HttpRequestException(HttpRequestError.ConnectionError, "refused", new SocketException((int)SocketError.ConnectionRefused)),
            SimulatedOutcome.FailedAfterGenerating => Answer(request, HttpStatusCode.InternalServerError, """{"error":{"message":"no"}}"""),
            SimulatedOutcome.TooMany => Answer(request, HttpStatusCode.TooManyRequests, """{"error":{"message":"no"}}"""),
            SimulatedOutcome.Unreadable => Answer(request, HttpStatusCode.OK, stream ? "data: {oops\n\n" : "{oops", stream),
            _ when stream => Stream(request, outcome, input, output),
            SimulatedOutcome.CutOff => Cut(request, Whole(outcome, input, output)),
            _ => Answer(request, HttpStatusCode.OK, Whole(outcome, input, output)),
        };
    }

    private HttpResponseMessage Stream(HttpRequestMessage request, SimulatedOutcome outcome, int input, int output)
    {
        var content = new StreamContent(new SimulatedBody(PiecesAsync(outcome, input, output)));
        content.Headers.ContentType = new("text/event-stream");
        return new HttpResponseMessage(HttpStatusCode.OK) { RequestMessage = request, Content = content };
    }

    private async IAsyncEnumerable<string> PiecesAsync(SimulatedOutcome outcome, int input, int output)
    {
        int pieces = outcome == SimulatedOutcome.GoesOn ? output + LongestOverrun : output;
        const int AtOnce = 20;
        for (int piece = 0; piece < pieces; piece += AtOnce)
        {
            await gates.PassAsync();
            int now = Math.Min(AtOnce, pieces - piece);
            if (piece + now > output)
            {
                Beyond += (piece + now - Math.Max(output, piece)) * OutputPrice;
            }

            if (outcome == SimulatedOutcome.CutOff && piece >= output / 2)
            {
                throw new IOException("cut");
            }

            yield return Event(new { id = "c1", @object = "chat.completion.chunk", created = 1, model = Model, choices = new object[] { new { index = 0, delta = new { content = string.Concat(Enumerable.Repeat(" word", now)) }, finish_reason = (string?)null } } });
        }

        yield return Event(new { id = "c1", @object = "chat.completion.chunk", created = 1, model = Model, choices = new object[] { new { index = 0, delta = new { }, finish_reason = "stop" } } });
        if (outcome != SimulatedOutcome.AnsweredWithoutUsage)
        {
            yield return Event(new { id = "c1", @object = "chat.completion.chunk", created = 1, model = Model, choices = Array.Empty<object>(), usage = UsageOf(input, output) });
        }

        yield return "data: [DONE]\n\n";
    }

    private static string Whole(SimulatedOutcome outcome, int input, int output) => JsonSerializer.Serialize(new
    {
        id = "c1",
        @object = "chat.completion",
        created = 1,
        model = Model,
        choices = new[] { new { index = 0, message = new { role = "assistant", content = string.Concat(Enumerable.Repeat(" word", output)) }, finish_reason = "stop" } },
        usage = outcome == SimulatedOutcome.AnsweredWithoutUsage ? null : UsageOf(input, output),
    });

    private static object UsageOf(int input, int output) => new { prompt_tokens = input, completion_tokens = output, total_tokens = input + output };

    private static string Event(object data) => $"data: {JsonSerializer.Serialize(data)}\n\n";

    private static HttpResponseMessage Answer(HttpRequestMessage request, HttpStatusCode status, string body, bool stream = false) =>
        new(status) { RequestMessage = request, Content = new StringContent(body, Encoding.UTF8, stream ? "text/event-stream" : "application/json") };

    private static HttpResponseMessage Cut(HttpRequestMessage request, string body)
    {
        var content = new StreamContent(new SimulatedBody(HalfAsync(body)));
        content.Headers.ContentType = new("application/json");
        return new HttpResponseMessage(HttpStatusCode.OK) { RequestMessage = request, Content = content };
    }

    private static async IAsyncEnumerable<string> HalfAsync(string body)
    {
        yield return body[..(body.Length / 2)];
        await Task.CompletedTask;
        throw new IOException("cut");
    }

    // As OpenAI counts: what messages say, a few tokens around each, and the tools.
    private static int CountInput(JsonElement body)
    {
        int tokens = 3;
        foreach (JsonElement message in body.GetProperty("messages").EnumerateArray())
        {
            tokens += 4 + Strings(message).Sum(static text => Tokens.CountTokens(text));
        }

        if (body.TryGetProperty("tools", out JsonElement tools))
        {
            tokens += tools.EnumerateArray().Sum(static tool => 4 + Strings(tool.GetProperty("function")).Sum(static text => Tokens.CountTokens(text)));
        }

        return tokens;
    }

    private static string TextOf(JsonElement content) => content.ValueKind == JsonValueKind.String ? content.GetString()! : content[0].GetProperty("text").GetString()!;

    private static IEnumerable<string> Strings(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => [value.GetString()!],
        JsonValueKind.Object => value.EnumerateObject().Where(static member => member.Name is not ("type" or "role" or "id" or "tool_call_id")).SelectMany(static member => Strings(member.Value)),
        JsonValueKind.Array => value.EnumerateArray().SelectMany(Strings),
        _ => [],
    };
}
