namespace Magsag.Testing.Answers;

/// <summary>What of a request its answer depends on beside the content.</summary>
/// <param name="IsStreamed">Whether the answer is streamed.</param>
/// <param name="WantsUsage">Whether a stream ends with the usage.</param>
/// <param name="IsServerSent">Whether a stream is one of server-sent events, where a provider has another form, too.</param>
/// <param name="WantsBase64">Whether vectors are wanted as base64.</param>
internal readonly record struct ReplayedRequest(bool IsStreamed, bool WantsUsage, bool IsServerSent, bool WantsBase64);
