namespace Magsag.Analyzers.Sdks;

/// <summary>What a family of calls produces.</summary>
internal enum ApiKind
{
    /// <summary>Text, so that an output cap matters.</summary>
    Text,

    /// <summary>Vectors.</summary>
    Embeddings,

    /// <summary>Images, speech or transcripts: each input is paid for itself.</summary>
    Media,

    /// <summary>Whatever a team's own wrapper produces: only that it costs is known.</summary>
    Wrapper,
}
