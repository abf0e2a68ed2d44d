using System.Text.Json;
using Magsag.Ledger.Files;

namespace Magsag.Runtime.Batches;

/// <summary>Reads what a batch has to be billed for from its output file.</summary>
/// <remarks>A batch that expired or was cancelled has an output file too, and its lines are billed; so the lines count, never the batch's status.</remarks>
internal static class BatchOutput
{
    /// <summary>Reads the answered requests of an output file of OpenAI's or Anthropic's batches; each request once, however often the file is read or the line repeated.</summary>
    /// <param name="path">The output file, one JSON object per line.</param>
    /// <param name="provider">The provider's name, when known.</param>
    /// <exception cref="UnreadableInputException">The file can't be opened, or a line isn't a batch result.</exception>
    public static IReadOnlyList<BatchLine> Read(string path, string? provider = null)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var answered = new List<BatchLine>();
        int number = 0;
        foreach (string line in Lines(path ?? throw new ArgumentNullException(nameof(path))))
        {
            number++;
            if (line.Trim().Length > 0 && Parse(path, number, line, provider) is { } result && seen.Add(result.CustomId))
            {
                answered.Add(result);
            }
        }

        return answered;
    }

    private static BatchLine? Parse(string path, int number, string line, string? provider)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(line);
            string id = JsonMembers.Text(document.RootElement, "custom_id") ?? throw new UnreadableInputException(path, number, "The line lacks its 'custom_id'; expected a result of a batch.");

            // OpenAI wraps the body into a response, Anthropic the message into a result; what failed has neither and isn't billed.
            JsonElement? body = JsonMembers.Child(JsonMembers.Child(document.RootElement, "response"), "body")
                ?? JsonMembers.Child(JsonMembers.Child(document.RootElement, "result"), "message");
            return body is { } answer && WireUsageReader.Read(answer, provider) is { } usage ? new BatchLine(id, usage) : null;
        }
        catch (JsonException error)
        {
            throw new UnreadableInputException(path, number, "The line isn't well-formed JSON; expected a result of a batch.", error);
        }
    }

    private static IEnumerable<string> Lines(string path)
    {
        try
        {
            return File.ReadAllLines(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UnreadableInputException(path, 0, $"The file can't be opened: {error.Message}", error);
        }
    }
}
