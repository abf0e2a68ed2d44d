using System.Text.Json;

namespace Magsag.Ledger.Files;

/// <summary>The objects that a scan is inside of, with the names that each has had so far.</summary>
internal sealed class OpenObjects
{
    // One set for each depth, used again by the next object there.
    private readonly List<HashSet<string>> _names = [];
    private int _depth;

    /// <summary>Takes the next token; the name of a member that its object has already, else null.</summary>
    public string? RepeatedBy(JsonToken token)
    {
        switch (token.Type)
        {
            case JsonTokenType.StartObject:
                Open();
                return null;
            case JsonTokenType.EndObject:
                _depth--;
                return null;
            case JsonTokenType.PropertyName:
                return _names[_depth - 1].Add(token.Text!) ? null : token.Text;
            default:
                return null;
        }
    }

    private void Open()
    {
        if (_names.Count == _depth)
        {
            _names.Add(new HashSet<string>(StringComparer.Ordinal));
        }

        _names[_depth++].Clear();
    }
}
