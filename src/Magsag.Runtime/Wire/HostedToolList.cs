namespace Magsag.Runtime.Wire;

/// <summary>Takes the tools that ran at the provider out of a list of outputs while it passes through, and keeps nothing of the rest.</summary>
/// <remarks>It sees the strings of the list and how deep each stands; what it keeps is a list of the same form, of the few members that <see cref="HostedToolRuns"/> reads.</remarks>
internal sealed class HostedToolList
{
    private const int ItemDepth = 2;
    private const int Longest = 32;

    // Nobody runs more for one answer; a body that says so isn't right.
    private const int Most = 1_000;

    private readonly byte[] _text = new byte[Longest];
    private readonly List<byte[]> _tools = [];
    private int _length;
    private bool _afterType;
    private byte[]? _type;
    private byte[]? _action;
    private int _queries;
    private int _queriesDepth;

    /// <summary>Takes a part of a string.</summary>
    public void Append(ReadOnlySpan<byte> part)
    {
        int room = Math.Min(part.Length, Longest - _length);
        part[..room].CopyTo(_text.AsSpan(_length));
        _length += room;
    }

    /// <summary>A string ended at a depth; its closing quote was the last that was appended.</summary>
    public void EndString(int depth)
    {
        ReadOnlySpan<byte> text = _text.AsSpan(0, Math.Max(0, _length - 1));
        _length = 0;
        if (_queriesDepth > 0 && depth == _queriesDepth + 1)
        {
            _queries = Math.Min(_queries + 1, Most);
            return;
        }

        _queriesDepth = text.SequenceEqual("webSearchQueries"u8) ? depth : 0;
        if (_afterType && depth == ItemDepth && HostedToolRuns.IsCounted(text))
        {
            _type = text.ToArray();
        }
        else if (_afterType && depth == ItemDepth + 1)
        {
            _action ??= text.ToArray();
        }

        _afterType = text.SequenceEqual("type"u8);
    }

    /// <summary>An object or a list ended, so that what follows stands at a depth.</summary>
    public void Close(int depth)
    {
        _queriesDepth = depth <= _queriesDepth ? 0 : _queriesDepth;
        if (depth >= ItemDepth)
        {
            return;
        }

        if (_type is not null && _tools.Count < Most)
        {
            _tools.Add(_type.AsSpan().SequenceEqual("web_search_call"u8) && _action is not null ? [.. "{\"type\":\"web_search_call\",\"action\":{\"type\":\""u8, .. _action, .. "\"}}"u8] : [.. "{\"type\":\""u8, .. _type, .. "\"}"u8]);
        }

        (_type, _action) = (null, null);
    }

    /// <summary>What was found, as a list of its own; empty where nothing was.</summary>
    public byte[] ToList()
    {
        if (_queries > 0)
        {
            return [.. "[{\"groundingMetadata\":{\"webSearchQueries\":["u8, .. System.Text.Encoding.UTF8.GetBytes(string.Join(',', Enumerable.Repeat("\"\"", _queries))), .. "]}}]"u8];
        }

        List<byte> list = [];
        foreach (byte[] tool in _tools)
        {
            list.AddRange(list.Count == 0 ? "["u8 : ","u8);
            list.AddRange(tool);
        }

        return list.Count == 0 ? [] : [.. list, .. "]"u8];
    }
}
