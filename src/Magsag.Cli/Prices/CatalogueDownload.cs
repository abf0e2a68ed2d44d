namespace Magsag.Cli.Prices;

/// <summary>Reads a file, or what stands at an https address (http on this machine).</summary>
internal static class CatalogueDownload
{
    private const int MostBytes = 32 * 1024 * 1024;

    /// <exception cref="CommandFailure">It can't be read, or is too large.</exception>
    public static async Task<byte[]> ReadAsync(string place, Terminal terminal, CancellationToken cancellationToken)
    {
        if (!place.Contains("://", StringComparison.Ordinal))
        {
            string path = InputFile.Existing(place, "a price catalogue or its signature", terminal);
            return InputBytes.Read(path, MostBytes) ?? throw TooLarge(place);
        }

        if (!Uri.TryCreate(place, UriKind.Absolute, out Uri? address) || !(address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback)))
        {
            throw CommandFailure.Usage($"'{place}' is neither a file nor an https address.");
        }

        using var client = new HttpClient { Timeout = TimeSpan.FromSeconds(60), MaxResponseContentBufferSize = MostBytes };
        try
        {
            return await client.GetByteArrayAsync(address, cancellationToken);
        }
        catch (Exception error) when (error is HttpRequestException or TaskCanceledException && !cancellationToken.IsCancellationRequested)
        {
            throw CommandFailure.Unreadable($"{address} can't be read: {error.Message}", error);
        }
    }

    private static CommandFailure TooLarge(string place) => CommandFailure.Unreadable($"{place} has more than {MostBytes} bytes; a price catalogue has far fewer.");
}
