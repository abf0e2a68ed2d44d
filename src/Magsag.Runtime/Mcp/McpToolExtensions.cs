using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;

namespace Magsag.Runtime;

/// <summary>Logs what the tools of MCP servers take in and give back.</summary>
public static class McpToolExtensions
{
    /// <summary>Logs each call of these tools in <c>agents/&lt;RUN_ID&gt;/mcp_calls.jsonl</c>: server, tool, duration, bytes and tokens in and out, outcome; never arguments or results.</summary>
    /// <param name="tools">The tools, as <c>McpClient.ListToolsAsync</c> gives them.</param>
    /// <param name="server">The server's name, for the log.</param>
    /// <param name="configure">Changes where is logged; the defaults suit tests and applications.</param>
    /// <param name="loggers">Receives what goes wrong while logging.</param>
    /// <returns>The same tools, for <c>ChatOptions.Tools</c>.</returns>
    public static IReadOnlyList<AIFunction> WithCallLog(this IEnumerable<AIFunction> tools, string server, Action<CostTrackingOptions>? configure = null, ILoggerFactory? loggers = null)
    {
        ArgumentNullException.ThrowIfNull(tools);
        ArgumentException.ThrowIfNullOrEmpty(server);
        CostRecorder recorder = CostRecorder.Create(configure, loggers);
        return [.. tools.Select(tool => new LoggedMcpTool(tool, server, recorder))];
    }
}
