namespace Magsag.Runtime.Wire;

/// <summary>How an answer's body is written.</summary>
internal enum AnswerKind
{
    /// <summary>One JSON text.</summary>
    Json,

    /// <summary>Server-sent events.</summary>
    Events,

    /// <summary>One JSON text per line.</summary>
    Lines,

    /// <summary>AWS's binary event stream.</summary>
    AwsEvents,

    /// <summary>Something without usage in it, such as sound.</summary>
    Opaque,
}
