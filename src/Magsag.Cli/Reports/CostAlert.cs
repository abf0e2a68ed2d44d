using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace Magsag.Cli.Reports;

/// <summary>A day that cost more than it should.</summary>
internal sealed record CostAlert(decimal TotalUsd, decimal ThresholdUsd, DateTimeOffset? From, DateTimeOffset? To, Uri? Webhook)
{
    private string Text => $"LLM cost alert: {MoneyText.Of(TotalUsd)} was spent, the threshold is {MoneyText.Of(ThresholdUsd)}.";

    /// <exception cref="CommandFailure">The text isn't an address.</exception>
    public static Uri? ParseWebhook(string? text)
    {
        if (text is null)
        {
            return null;
        }

        return Uri.TryCreate(text, UriKind.Absolute, out Uri? address) && address.Scheme is "http" or "https"
            ? address
            : throw CommandFailure.Usage("--webhook must be an address that begins with https:// or http://.");
    }

    /// <summary>Reports the alert on stderr and posts it to the webhook; the exit code says it too. A webhook that doesn't answer is reported there too: the alert itself stands.</summary>
    public async Task<int> RaiseAsync(Terminal terminal, CancellationToken cancellationToken)
    {
        terminal.WriteNotice($"magsag: {Text}");
        if (Webhook is not null)
        {
            await PostAsync(Webhook, terminal, cancellationToken);
        }

        return ExitCode.GateFailed;
    }

    private async Task PostAsync(Uri webhook, Terminal terminal, CancellationToken cancellationToken)
    {
        // A redirected POST would arrive as a GET without the alert.
        using var handler = new SocketsHttpHandler { AllowAutoRedirect = false };
        using var client = new HttpClient(handler) { Timeout = terminal.WebhookPatience };
        using var body = new StringContent(ToJson(), Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
        try
        {
            using HttpResponseMessage response = await client.PostAsync(webhook, body, cancellationToken);
            if (!response.IsSuccessStatusCode)
            {
                terminal.WriteNotice($"magsag: The webhook at {webhook.Host} answered {(int)response.StatusCode}; nobody was told of the alert.");
            }
        }
        catch (Exception error) when (error is HttpRequestException or TaskCanceledException && !cancellationToken.IsCancellationRequested)
        {
            // The address itself is a secret.
            terminal.WriteNotice($"magsag: The webhook at {webhook.Host} doesn't answer; nobody was told of the alert.");
        }
    }

    private string ToJson()
    {
        var json = new JsonObject { ["text"] = Text, ["total_cost_usd"] = ExactMoney.WithoutTrailingZeros(TotalUsd), ["threshold_usd"] = ExactMoney.WithoutTrailingZeros(ThresholdUsd) };
        if (From is { } from && To is { } to)
        {
            json["from"] = from.UtcDateTime;
            json["to"] = to.UtcDateTime;
        }

        return json.ToJsonString();
    }
}
