namespace Magsag.Cli.Setup;

/// <summary>How something is set up.</summary>
internal enum CheckState
{
    /// <summary>As it should be.</summary>
    Ok,

    /// <summary>It works, but something is missing.</summary>
    Warning,

    /// <summary>It can't work.</summary>
    Wrong,
}
