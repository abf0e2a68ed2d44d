using System.Text.Json;

namespace Magsag.Runtime.Http;

/// <summary>Reads what a request is going to send, so that it can still be sent.</summary>
internal static class RequestContent
{
    /// <summary>Larger bodies aren't read.</summary>
    public const int Largest = 32 * 1024 * 1024;

    /// <summary>The body, a form as JSON; null when it can't be read.</summary>
    public static async ValueTask<ReadOnlyMemory<byte>?> ReadAsync(HttpContent? content, CancellationToken cancellationToken)
    {
        if (content is MultipartContent form)
        {
            return await ReadFormAsync(form, cancellationToken).ConfigureAwait(false);
        }

        if (content is null || content.Headers.ContentLength > Largest)
        {
            return null;
        }

        try
        {
            await content.LoadIntoBufferAsync(Largest, cancellationToken).ConfigureAwait(false);
            return await content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (HttpRequestException error) when (error.HttpRequestError == HttpRequestError.ConfigurationLimitExceeded)
        {
            return null;
        }
    }

    // Files aren't read: a mark for them says that the form can't be counted.
    private static async ValueTask<ReadOnlyMemory<byte>?> ReadFormAsync(MultipartContent form, CancellationToken cancellationToken)
    {
        using var body = new MemoryStream();
        await using var writer = new Utf8JsonWriter(body);
        writer.WriteStartObject();
        bool hasFile = false;
        foreach (HttpContent part in form)
        {
            string? name = part.Headers.ContentDisposition?.Name?.Trim('"');
            bool isFile = name is null || part is not ByteArrayContent || part.Headers.ContentDisposition!.FileName is not null;
            if (!isFile)
            {
                writer.WriteString(name!, await part.ReadAsStringAsync(cancellationToken).ConfigureAwait(false));
            }

            hasFile |= isFile;
        }

        if (hasFile)
        {
            writer.WriteBoolean("file", true);
        }

        writer.WriteEndObject();
        await writer.FlushAsync(cancellationToken).ConfigureAwait(false);
        return body.ToArray();
    }
}
