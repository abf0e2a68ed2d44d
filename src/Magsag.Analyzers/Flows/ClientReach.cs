using Magsag.Analyzers.Receivers;
using Magsag.Analyzers.Sdks;

namespace Magsag.Analyzers.Flows;

/// <summary>Where clients of one kind get to in a project, by the names of what takes them: calls on any other client aren't theirs.</summary>
internal sealed class ClientReach
{
    /// <summary>Variables, members, methods and types that such a client gets to.</summary>
    public HashSet<string> Names { get; } = new(StringComparer.Ordinal);

    /// <summary>The keys under which one is registered as a service.</summary>
    public HashSet<string> ServiceKeys { get; } = new(StringComparer.Ordinal);

    /// <summary>What those that are registered as services without a key produce.</summary>
    public ServiceKinds Registered { get; set; }

    /// <summary>True when one is in a container of an SDK's own.</summary>
    public bool IsContained { get; set; }

    /// <summary>True when one gets to where it can't be followed, be that anywhere or not.</summary>
    public bool IsLost { get; set; }

    /// <summary>True when one may get anywhere.</summary>
    public bool IsAnywhere { get; set; }

    /// <summary>True when what a call is made on may be such a client.</summary>
    /// <param name="receiver">What the call is made on.</param>
    /// <param name="kind">What the call produces.</param>
    public bool MayBe(ReceiverTrace receiver, ServiceKinds kind)
    {
        if (IsAnywhere || receiver.Names.Overlaps(Names))
        {
            return true;
        }

        return receiver.IsService && (receiver.ServiceKey is { } key ? ServiceKeys.Any(known => IsSameKey(known, key)) : (Registered & kind) != 0);
    }

    // A key that is given by a constant on one side only can't be compared.
    private static bool IsSameKey(string one, string other) => one == other || one.IndexOf('.') >= 0 || other.IndexOf('.') >= 0;
}
