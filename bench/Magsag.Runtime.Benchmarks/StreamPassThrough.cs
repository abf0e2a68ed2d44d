using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace Magsag.Runtime.Benchmarks;

/// <summary>What watching a stream adds to reading it: the same bytes through the same client, with the handler and without, in turns.</summary>
internal static class StreamPassThrough
{
    private const int Megabytes = 2;
    private const int Rounds = 6_000;
    private const int PieceBytes = 16 * 1024;
    private const double TargetMicroseconds = 50;

    public static async Task RunAsync(string directory)
    {
        await using var ledger = new CostLedger(Path.Combine(directory, "streams"));
        (_, double call) = await MeasureAsync(ledger, Chat(0));
        byte[] chat = Chat(Megabytes * 1024 * 1024);
        (double plain, double added) = await MeasureAsync(ledger, chat);
        double perMegabyte = (added - call) / (chat.Length / 1048576.0);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"stream of {chat.Length / 1048576.0:0.0} MB: {plain:0} us unobserved; watching adds {call:0} us per call with its record, and {perMegabyte:0} us per MB ({perMegabyte / TargetMicroseconds:0.00} of the {TargetMicroseconds} us allowed)"));
    }

    private static async Task<(double Plain, double Added)> MeasureAsync(CostLedger ledger, byte[] chat)
    {
        using var plain = new HttpClient(new Replay(chat));
        using var watched = new HttpClient(new CostTrackingHandler(options => options.Ledger = ledger) { InnerHandler = new Replay(chat) });
        byte[] buffer = new byte[PieceBytes];
        List<(double Plain, double Watched)> rounds = [];
        for (int round = 0; round < Rounds; round++)
        {
            rounds.Add((await ReadAsync(plain, buffer), await ReadAsync(watched, buffer)));
        }

        // The first third warms up.
        rounds = rounds[(Rounds / 3)..];
        return (Median(rounds.Select(static round => round.Plain)), Median(rounds.Select(static round => round.Watched - round.Plain)));
    }

    private static async Task<double> ReadAsync(HttpClient client, byte[] buffer)
    {
        using var content = new StringContent("""{"model":"gpt-4o-mini","stream":true,"messages":[{"role":"user","content":"hi"}]}""", Encoding.UTF8, "application/json");
        using var request = new HttpRequestMessage(HttpMethod.Post, "https://api.openai.com/v1/chat/completions") { Content = content };
        long start = Stopwatch.GetTimestamp();
        using (HttpResponseMessage response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead))
        {
            await using Stream body = await response.Content.ReadAsStreamAsync();
            while (await body.ReadAsync(buffer) > 0)
            {
            }
        }

        return Stopwatch.GetElapsedTime(start).TotalMicroseconds;
    }

    private static double Median(IEnumerable<double> values) => values.Order().ElementAt(Rounds / 3);

    private static byte[] Chat(int bytes)
    {
        var stream = new StringBuilder();
        while (stream.Length < bytes)
        {
            stream.Append("data: {\"id\":\"chatcmpl-AbCdEfGhIjKlMnOpQrStUvWxYz012\",\"object\":\"chat.completion.chunk\",\"created\":1760000000,\"model\":\"gpt-4o-mini-2024-07-18\",\"service_tier\":\"default\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\" token\"},\"logprobs\":null,\"finish_reason\":null}],\"usage\":null}\n\n");
        }

        stream.Append("data: {\"model\":\"gpt-4o-mini-2024-07-18\",\"choices\":[],\"usage\":{\"prompt_tokens\":1000,\"completion_tokens\":3500,\"total_tokens\":4500}}\n\ndata: [DONE]\n\n");
        return Encoding.UTF8.GetBytes(stream.ToString());
    }

    private sealed class Replay(byte[] body) : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            await request.Content!.CopyToAsync(Stream.Null, cancellationToken);
            var content = new StreamContent(new MemoryStream(body));
            content.Headers.ContentType = new MediaTypeHeaderValue("text/event-stream");
            return new HttpResponseMessage(HttpStatusCode.OK) { Content = content };
        }
    }
}
