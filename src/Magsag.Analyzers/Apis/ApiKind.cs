namespace Magsag.Analyzers;

/// <summary>What a family of calls produces.</summary>
internal enum ApiKind
{
    /// <summary>Text, so that an output cap matters.</summary>
    Text,

    /// <summary>Vectors.</summary>
    Embeddings,
}
