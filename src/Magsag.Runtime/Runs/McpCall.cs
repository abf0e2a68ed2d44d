using Magsag.Ledger.Records;

namespace Magsag.Runtime.Runs;

/// <summary>One call of an MCP server's tool: how much went in and out, never what.</summary>
internal sealed record McpCall
{
    public required Guid Id { get; init; }

    public required DateTimeOffset Started { get; init; }

    public required string RunId { get; init; }

    public string? Agent { get; init; }

    public string? Customer { get; init; }

    public string? Test { get; init; }

    public required string Server { get; init; }

    public required string Tool { get; init; }

    public required CallOutcome Outcome { get; init; }

    public double DurationMilliseconds { get; init; }

    public required McpSize Input { get; init; }

    /// <summary>What came back; null when nothing did.</summary>
    public McpSize? Output { get; init; }
}
