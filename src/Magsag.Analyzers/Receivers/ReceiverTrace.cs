using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Magsag.Analyzers.Receivers;

/// <summary>What is known of a call's receiver after following it to its origin.</summary>
internal sealed class ReceiverTrace
{
    /// <summary>True when the client was followed to where it is created; else it comes from outside and may be wrapped in anything.</summary>
    public bool IsComplete { get; set; }

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

    /// <summary>True when a reducer shortens what is sent.</summary>
    public bool ReducesHistory { get; set; }

    /// <summary>True when its cost is recorded.</summary>
    public bool IsRecorded { get; set; }

    /// <summary>The expression that creates the client; null when it wasn't seen.</summary>
    public SyntaxNode? Pipeline { get; set; }

    /// <summary>The arguments that an agent or a model object around the client was created with; null when they weren't seen.</summary>
    public IReadOnlyList<IArgumentOperation>? HolderArguments { get; set; }

    /// <summary>The model that the client was created for, when it is a constant.</summary>
    public string? Model { get; set; }
}
