using System.Text.Json;

namespace Magsag.Runtime.Wire;

/// <summary>A request's body as it went out: what it asks for, and its bytes until the answer shows whether they must be counted.</summary>
internal sealed class WireRequest : IDisposable
{
    private const int MostHeld = 4 * 1024 * 1024;

    private readonly ByteBuffer _bytes = new(MostHeld);
    private JsonSkimmer _skimmer = new();

    /// <summary>The model that the body names.</summary>
    public string? Model { get; private set; }

    /// <summary>Takes bytes that are being sent.</summary>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        try
        {
            _skimmer.Write(bytes);
            _bytes.Append(bytes);
        }
        catch (Exception)
        {
            // The request goes on; what it asks for isn't known then.
            CostMeter.CountFault();
        }
    }

    /// <summary>Begins anew: the body is being sent again.</summary>
    public void Restart()
    {
        _skimmer = new JsonSkimmer();
        _bytes.Clear();
    }

    /// <summary>Reads what the body asks for; once it has been sent.</summary>
    public void ReadFacts()
    {
        try
        {
            using JsonDocument? facts = _skimmer.ToDocument();
            Model = facts is null ? null : WireAnswer.Text(facts.RootElement, "model");
        }
        catch (Exception error) when (AnswerEvents.IsUnreadable(error))
        {
            Model = null;
        }
    }

    /// <summary>The input tokens, counted; null when they can't be.</summary>
    public long? CountTokens(TokenCounter counter) => _bytes.IsCut || _bytes.Length == 0 ? null : RequestBody.CountTokens(_bytes.ToArray(), counter, PromptMargin.Likely);

    /// <summary>A hash that is the same for the same body within this process.</summary>
    public int Hash()
    {
        var hash = new HashCode();
        hash.AddBytes(_bytes.ToArray());
        return hash.ToHashCode();
    }

    public void Dispose() => _bytes.Dispose();
}
