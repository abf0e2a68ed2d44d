namespace Magsag.Analyzers.Sdks;

/// <summary>Kinds of clients that a container of services hands out.</summary>
[Flags]
internal enum ServiceKinds
{
    None = 0,

    /// <summary>Clients that produce text.</summary>
    Text = 1,

    /// <summary>Generators of vectors.</summary>
    Embeddings = 2,

    /// <summary>Whatever a client produces.</summary>
    Any = Text | Embeddings,
}
