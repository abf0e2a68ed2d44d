using Microsoft.CodeAnalysis;

namespace Magsag.Analyzers.Receivers;

/// <summary>What is known of a call's receiver after following it to its origin.</summary>
internal sealed class ReceiverTrace
{
    /// <summary>True when the client was followed to where it is created; else it comes from outside and may be wrapped in anything.</summary>
    public bool IsComplete { get; set; }

    /// <summary>Stands before the name of a member that belongs to a type which isn't known.</summary>
    public const string AnyType = "*.";

    /// <summary>What the client passes through on its way from where its trace ends: variables, members, methods, and types that take it.</summary>
    public HashSet<string> Names { get; } = new(StringComparer.Ordinal);

    /// <summary>The name of a local variable among those of its whole project.</summary>
    public static string NameOf(SyntaxNode declarator) => $"{declarator.SyntaxTree.FilePath}:{declarator.SpanStart}";

    /// <summary>True when the client may be one that a container of services hands out.</summary>
    public bool IsService { get; set; }

    /// <summary>The key of that service; null when it has none.</summary>
    public string? ServiceKey { get; set; }

    /// <summary>True when a cache answers repeated calls.</summary>
    public bool HasCache { get; set; }

    /// <summary>True when the pipeline sets options in a way that may cap the output.</summary>
    public bool MayCap { get; set; }

    /// <summary>True when the client costs nothing.</summary>
    public bool IsFree { get; set; }

    /// <summary>True when the client is the project's own or an unknown library's: what it does, costs and caps can't be known.</summary>
    public bool IsUnknownImplementation { get; set; }

    /// <summary>True when the client's server isn't a constant: it may be one on the machine itself.</summary>
    public bool HasUnknownEndpoint { get; set; }

    /// <summary>True when a setting names the client's server, and its name says that it is a hosted one.</summary>
    public bool HasNamedEndpoint { get; set; }

    /// <summary>The method with a container of services as a parameter that the client comes from; null when it comes from elsewhere.</summary>
    public string? ContainerTaker { get; set; }

    /// <summary>True when a reducer shortens what is sent.</summary>
    public bool ReducesHistory { get; set; }

    /// <summary>True when its cost is recorded.</summary>
    public bool IsRecorded { get; set; }

    /// <summary>The expression that creates the client; null when it wasn't seen.</summary>
    public SyntaxNode? Pipeline { get; set; }

    /// <summary>What an agent, a model object or a function around the client was created with; null when that wasn't seen.</summary>
    public IReadOnlyList<HolderValue>? Holder { get; set; }

    /// <summary>The agents, model objects or functions one of which is called, where which isn't known.</summary>
    public IReadOnlyList<ReceiverTrace> Alternatives { get; private set; } = [];

    /// <summary>True when an agent, a model object or a function is seen to be what is called.</summary>
    public bool HasHolder => Holder is not null || Alternatives.Count > 0;

    /// <summary>True when that takes its options from elsewhere, too.</summary>
    public bool IsHolderOpaque { get; set; }

    /// <summary>The model that the client was created for, when it is a constant.</summary>
    public string? Model { get; set; }

    /// <summary>Takes over what is known of the client's server.</summary>
    public void AddServer(ServerKind server)
    {
        IsFree |= server == ServerKind.Local;
        HasUnknownEndpoint |= server == ServerKind.Unknown;
        HasNamedEndpoint |= server == ServerKind.Named;
    }

    /// <summary>Takes over what holds when the client is one of several, and which of them isn't known.</summary>
    public void MergeAny(IReadOnlyList<ReceiverTrace> others)
    {
        IsComplete = others.All(static other => other.IsComplete);
        IsService |= others.Any(static other => other.IsService);
        HasCache |= others.Any(static other => other.HasCache);
        MayCap |= others.Any(static other => other.MayCap);
        IsFree |= others.Any(static other => other.IsFree);
        IsUnknownImplementation |= others.Any(static other => other.IsUnknownImplementation);
        HasUnknownEndpoint |= others.Any(static other => other.HasUnknownEndpoint);
        HasNamedEndpoint |= others.Any(static other => other.HasNamedEndpoint);
        ReducesHistory |= others.Any(static other => other.ReducesHistory);
        IsRecorded |= others.Any(static other => other.IsRecorded);
        Alternatives = others.All(static other => other.Holder is not null) ? others : [];
        foreach (ReceiverTrace other in others)
        {
            Names.UnionWith(other.Names);
        }
    }
}
