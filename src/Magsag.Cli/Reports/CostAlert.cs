using System.Net.Http.Headers;
using System.Text.Json;
using Magsag.Ledger.Figures;

namespace Magsag.Cli;

/// <summary>A day that cost more than it should.</summary>
internal sealed record CostAlert(decimal TotalUsd, decimal ThresholdUsd, DateTimeOffset? From, DateTimeOffset? To)
{
    public string Text => $"LLM cost alert: {MoneyText.Of(TotalUsd)} was spent, the threshold is {MoneyText.Of(ThresholdUsd)}.";

    /// <exception cref="CommandFailure">The text isn't an address.</exception>
    public static Uri? AddressOf(string? text)
    {
        if (text is null)
        {
            return null;
        }

        return Uri.TryCreate(text, UriKind.Absolute, out Uri? address) && address.Scheme is "http" or "https"
            ? address
            : throw CommandFailure.Usage("--webhook must be an address that begins with https:// or http://.");
    }

    /// <summary>Posts the alert. A webhook that doesn't answer is told on stderr: the alert itself stands.</summary>
    public async Task PostAsync(Uri webhook, Terminal terminal, CancellationToken cancellationToken)
    {
        // A redirected POST would arrive as a GET without the alert.
        using var handler = new SocketsHttpHandler { AllowAutoRedirect = false };
        using var client = new HttpClient(handler) { Timeout = terminal.WebhookPatience };
        using var body = new ByteArrayContent(ToBytes());
        body.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        try
        {
            using HttpResponseMessage response = await client.PostAsync(webhook, body, cancellationToken);
            if (!response.IsSuccessStatusCode)
            {
                terminal.Tell($"magsag: The webhook at {webhook.Host} answered {(int)response.StatusCode}; nobody was told of the alert.");
            }
        }
        catch (Exception error) when (error is HttpRequestException or TaskCanceledException && !cancellationToken.IsCancellationRequested)
        {
            // The address itself is a secret of whoever made the webhook.
            terminal.Tell($"magsag: The webhook at {webhook.Host} doesn't answer; nobody was told of the alert.");
        }
    }

    private byte[] ToBytes()
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("text", Text);
            json.WriteNumber("total_cost_usd", ExactMoney.WithoutTrailingZeros(TotalUsd));
            json.WriteNumber("threshold_usd", ExactMoney.WithoutTrailingZeros(ThresholdUsd));
            if (From is { } from && To is { } to)
            {
                json.WriteString("from", from.UtcDateTime);
                json.WriteString("to", to.UtcDateTime);
            }

            json.WriteEndObject();
        }

        return buffer.ToArray();
    }
}
