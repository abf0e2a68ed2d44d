namespace Magsag.Analyzers.Receivers;

/// <summary>What is known of the server behind an address.</summary>
internal enum ServerKind
{
    /// <summary>Nothing: it may be one on the machine itself.</summary>
    Unknown,

    /// <summary>A hosted one by the name of its setting, which may be set to any.</summary>
    Named,

    /// <summary>A hosted one.</summary>
    Hosted,

    /// <summary>One on the machine itself.</summary>
    Local,
}
