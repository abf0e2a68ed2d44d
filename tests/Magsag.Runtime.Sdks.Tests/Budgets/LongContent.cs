namespace Magsag.Runtime.Sdks.Tests;

/// <summary>What a stream consists of.</summary>
public enum LongContent
{
    /// <summary>Text.</summary>
    Text,

    /// <summary>Reasoning that is passed on.</summary>
    Reasoning,

    /// <summary>The arguments of a tool.</summary>
    ToolCall,
}
