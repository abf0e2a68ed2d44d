using System.Buffers;
using System.Text.Json;

namespace Magsag.Runtime.Runs;

/// <summary>Writes <c>agents/&lt;RUN_ID&gt;/mcp_calls.jsonl</c>. Used by the one thread that writes the files of runs.</summary>
internal sealed class McpCallFiles(string runsDirectory)
{
    private const int FormatVersion = 1;

    // On Unix only a file that isn't shared is locked against other writers; readers that don't lock may read all the same.
    private static readonly FileShare OneWriter = OperatingSystem.IsWindows() ? FileShare.Read : FileShare.None;

    private readonly Dictionary<string, ArrayBufferWriter<byte>> _waiting = new(StringComparer.Ordinal);

    public void Add(McpCall call)
    {
        if (!_waiting.TryGetValue(call.RunId, out ArrayBufferWriter<byte>? lines))
        {
            _waiting[call.RunId] = lines = new ArrayBufferWriter<byte>();
        }

        Write(lines, call);
    }

    /// <summary>Appends what waits; returns what failed, after all runs had their turn.</summary>
    public Exception? Flush()
    {
        Exception? failure = null;
        foreach ((string run, ArrayBufferWriter<byte> lines) in _waiting)
        {
            try
            {
                Append(run, lines.WrittenSpan);
            }
            catch (Exception error)
            {
                failure = error;
            }
        }

        _waiting.Clear();
        return failure;
    }

    // Several processes may work at one run: one that has the file open keeps the others out while it appends.
    private void Append(string run, ReadOnlySpan<byte> lines)
    {
        const int Attempts = 500;
        string directory = RunDirectory.PathOf(runsDirectory, run);
        Directory.CreateDirectory(directory);
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                using var file = new FileStream(Path.Combine(directory, "mcp_calls.jsonl"), FileMode.OpenOrCreate, FileAccess.Write, OneWriter, bufferSize: 0);
                file.Seek(0, SeekOrigin.End);
                file.Write(lines);
                return;
            }
            catch (IOException error) when (attempt < Attempts && RunsDirectoryLock.IsTaken(error))
            {
                Thread.Sleep(1);
            }
        }
    }

    private static void Write(ArrayBufferWriter<byte> lines, McpCall call)
    {
        using (var json = new Utf8JsonWriter(lines))
        {
            json.WriteStartObject();
            json.WriteNumber("v"u8, FormatVersion);
            json.WriteString("id"u8, call.Id);
            json.WriteString("ts"u8, call.Started.UtcDateTime);
            json.WriteString("run_id"u8, call.RunId);
            WriteText(json, "agent"u8, call.Agent);
            WriteText(json, "customer"u8, call.Customer);
            WriteText(json, "test"u8, call.Test);
            json.WriteString("server"u8, call.Server);
            json.WriteString("tool"u8, call.Tool);
            json.WriteString("outcome"u8, call.Outcome.ToString().ToLowerInvariant());
            json.WriteNumber("duration_ms"u8, Math.Round(call.DurationMilliseconds, 3));
            WriteSize(json, call.Input, "input_bytes"u8, "input_tokens"u8);
            WriteSize(json, call.Output, "output_bytes"u8, "output_tokens"u8);
            json.WriteEndObject();
        }

        lines.Write("\n"u8);
    }

    private static void WriteText(Utf8JsonWriter json, ReadOnlySpan<byte> name, string? value)
    {
        if (value is not null)
        {
            json.WriteString(name, value);
        }
    }

    private static void WriteSize(Utf8JsonWriter json, McpSize? size, ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> tokens)
    {
        if (size is not { } known)
        {
            return;
        }

        json.WriteNumber(bytes, known.Bytes);
        if (known.Tokens is { } count)
        {
            json.WriteNumber(tokens, count);
        }
    }
}
