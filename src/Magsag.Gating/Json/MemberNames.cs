using System.Text.Json;

namespace Magsag.Gating;

/// <summary>The member names of the JSON objects that are open while a file is read: a parser lets the last of two win, and nobody would see it.</summary>
internal sealed class MemberNames
{
    private readonly List<Dictionary<string, int>> _objects = [];
    private int _open;

    /// <summary>Takes the next token; the line in which its object has the same member already, or null.</summary>
    public int? FirstLineOf(JsonTokenType type, string? name, int line)
    {
        switch (type)
        {
            case JsonTokenType.StartObject:
                Open();
                return null;
            case JsonTokenType.EndObject:
                _open--;
                return null;
            case JsonTokenType.PropertyName when _objects[_open - 1].TryGetValue(name!, out int first):
                return first;
            case JsonTokenType.PropertyName:
                _objects[_open - 1].Add(name!, line);
                return null;
            default:
                return null;
        }
    }

    private void Open()
    {
        if (_open == _objects.Count)
        {
            _objects.Add(new Dictionary<string, int>(StringComparer.Ordinal));
        }

        _objects[_open++].Clear();
    }
}
