using Magsag.Analyzers.Receivers;

namespace Magsag.Analyzers.Flows;

/// <summary>Where clients of one kind get to in a project, by the names of what takes them: calls on any other client aren't theirs.</summary>
internal sealed class ClientReach
{
    /// <summary>Variables, members, methods and types that such a client gets to.</summary>
    public HashSet<string> Names { get; } = new(StringComparer.Ordinal);

    /// <summary>The keys under which one is registered as a service.</summary>
    public HashSet<string> ServiceKeys { get; } = new(StringComparer.Ordinal);

    /// <summary>True when one is registered as a service without a key.</summary>
    public bool IsRegistered { get; set; }

    /// <summary>True when one gets to where it can't be followed.</summary>
    public bool IsAnywhere { get; set; }

    /// <summary>True when what a call is made on may be such a client.</summary>
    public bool MayBe(ReceiverTrace receiver)
    {
        if (IsAnywhere || receiver.Names.Overlaps(Names))
        {
            return true;
        }

        return receiver.IsService && (receiver.ServiceKey is { } key ? ServiceKeys.Any(known => IsSameKey(known, key)) : IsRegistered);
    }

    // A key that is given by a constant on one side only can't be compared.
    private static bool IsSameKey(string one, string other) => one == other || one.IndexOf('.') >= 0 || other.IndexOf('.') >= 0;
}
