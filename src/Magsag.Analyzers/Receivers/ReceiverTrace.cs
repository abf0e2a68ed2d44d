using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Magsag.Analyzers;

/// <summary>What following a call's receiver to its origin found.</summary>
internal sealed class ReceiverTrace
{
    /// <summary>True when the client's making was seen to its end; else it comes from outside and may be wrapped in anything.</summary>
    public bool IsComplete { get; set; }

    /// <summary>True when a cache answers repeated calls.</summary>
    public bool HasCache { get; set; }

    /// <summary>True when the pipeline sets options that can't be told to be without a cap.</summary>
    public bool MayCap { get; set; }

    /// <summary>True when the client costs nothing.</summary>
    public bool IsFree { get; set; }

    /// <summary>True when the project or a library that isn't known makes the client: what it does, costs and caps is its own affair.</summary>
    public bool IsForeign { get; set; }

    /// <summary>True when the client's server is named where it can't be seen: it may be one on the machine itself.</summary>
    public bool HasOpenEndpoint { get; set; }

    /// <summary>True when a reducer shortens what is sent.</summary>
    public bool ReducesHistory { get; set; }

    /// <summary>True when its cost is recorded.</summary>
    public bool IsRecorded { get; set; }

    /// <summary>The expression that made the client; null when it wasn't seen.</summary>
    public SyntaxNode? Pipeline { get; set; }

    /// <summary>The arguments of what made an agent or a model object around the client; null when that wasn't seen.</summary>
    public IReadOnlyList<IArgumentOperation>? HolderArguments { get; set; }

    /// <summary>The model that the client was made for, when it is a constant.</summary>
    public string? Model { get; set; }
}
