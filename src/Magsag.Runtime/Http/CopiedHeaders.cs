namespace Magsag.Runtime.Http;

/// <summary>Gives a content that stands in for another one its headers.</summary>
internal static class CopiedHeaders
{
    public static void Copy(HttpContent from, HttpContent to)
    {
        foreach (KeyValuePair<string, System.Net.Http.Headers.HeaderStringValues> header in from.Headers.NonValidated)
        {
            to.Headers.TryAddWithoutValidation(header.Key, header.Value);
        }
    }
}
