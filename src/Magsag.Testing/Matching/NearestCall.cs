namespace Magsag.Testing.Matching;

/// <summary>Finds the recorded call that a request most likely was before it was changed.</summary>
internal static class NearestCall
{
    /// <summary>The most similar call; null when none of its format is recorded.</summary>
    /// <param name="calls">The calls that may be meant, those not yet played first.</param>
    /// <param name="request">The request.</param>
    /// <param name="sameShape">Whether the roles of the messages must be equal, as for the same call with a changed prompt.</param>
    public static CassetteEntry? Find(IEnumerable<CassetteEntry> calls, CanonicalRequest request, bool sameShape) => calls
        .Where(call => call.Status < 300 && call.Operation == request.Operation && (!sameShape || HasShape(call, request)))
        .MaxBy(call => Similarity(call, request));

    private static bool HasShape(CassetteEntry call, CanonicalRequest request) => RolesOf(call).SequenceEqual(request.Messages.Select(static message => message.Role));

    private static IEnumerable<string?> RolesOf(CassetteEntry call) =>
        JsonParts.Objects(call.Request["messages"] ?? call.Request["hashed"]).Select(static message => CanonicalJson.Text(message["role"]));

    // Equal messages weigh most, then how far the first other one agrees, then the model.
    private static double Similarity(CassetteEntry call, CanonicalRequest request)
    {
        double model = call.RequestedModel == request.Model ? 0.5 : 0;
        if (call.ToRequest() is not { } recorded)
        {
            return model;
        }

        double equal = 0;
        for (int index = 0; index < Math.Min(recorded.Messages.Count, request.Messages.Count); index++)
        {
            equal += Agreement(recorded.Messages[index], request.Messages[index]);
        }

        return model + equal - Math.Abs(recorded.Messages.Count - request.Messages.Count);
    }

    private static double Agreement(CanonicalMessage recorded, CanonicalMessage asked)
    {
        if (recorded.Role != asked.Role)
        {
            return 0;
        }

        (string before, string after) = (recorded.Text, asked.Text);
        if (before == after)
        {
            return 1;
        }

        int longest = Math.Max(before.Length, after.Length);
        int start = before.AsSpan().CommonPrefixLength(after);
        int end = 0;
        while (end < Math.Min(before.Length, after.Length) - start && before[^(end + 1)] == after[^(end + 1)])
        {
            end++;
        }

        return 0.9 * (start + end) / longest;
    }
}
