namespace Magsag.Gating;

/// <summary>Reads what a summary needs from ledger lines as Magsag writes them, many times faster than the parser that reads any.</summary>
/// <remarks>
/// It accepts a part of what <see cref="LedgerLineParser"/> accepts, and understands that part alike. Lines that it refuses go to the parser:
/// escapes, exponents, counts beside text, corrections, other kinds, other versions, mistakes. A member added to the format needs nothing here unless a summary adds it up.
/// It is fast because it expects a line to look like a line before it (<see cref="LineTemplate"/>).
/// </remarks>
internal sealed class CallScanner(SymbolTable symbols)
{
    // Lines of one program have a few shapes; where they have more, each is read member by member.
    private const int MostTemplates = 4;

    // There is no end of names that aren't known.
    private const int MostNames = 128;

    private readonly int _chat = symbols.Of("chat");
    private readonly MemberValues _values = new(symbols);
    private readonly List<MemberName> _names = [];
    private readonly List<LineTemplate> _templates = [];
    private FoundMember[] _found = new FoundMember[32];
    private LineTemplate? _last;
    private ScannedCall _call;

    /// <summary>Scans the line that a text begins with, where it looks as expected; false when it doesn't.</summary>
    /// <param name="text">A line, its line feed and what follows.</param>
    /// <param name="length">The line's length.</param>
    public bool TryScanExpected(ReadOnlySpan<byte> text, out int length)
    {
        LineTemplate? expected = _last?.Next;
        if (expected is not null && TryScan(expected, text, out length))
        {
            return true;
        }

        foreach (LineTemplate template in _templates)
        {
            if (template != expected && TryScan(template, text, out length))
            {
                return true;
            }
        }

        length = 0;
        return false;
    }

    /// <summary>The call of the last line that was scanned.</summary>
    public ref readonly ScannedCall Call => ref _last!.Call;

    /// <summary>Scans a line of any look; false when only the parser can tell what it means.</summary>
    public bool TryScan(ReadOnlySpan<byte> line)
    {
        _call = ScannedCall.Empty;
        _call.Set(LedgerMember.Operation, _chat);
        if (!TryFindMembers(line, out ReadOnlySpan<FoundMember> members) || _call.UtcTicks == 0 || TemplateOf(members) is not { } template)
        {
            return false;
        }

        template.Learn(line, members, _call);
        Follow(template);
        return true;
    }

    private bool TryScan(LineTemplate template, ReadOnlySpan<byte> text, out int length)
    {
        var line = new LineText(text);
        bool scanned = template.TryScan(ref line, _values) && line.TryTake((byte)'\n');
        length = line.At - 1;
        if (scanned)
        {
            Follow(template);
        }

        return scanned;
    }

    private void Follow(LineTemplate template)
    {
        _last?.Next = template;
        _last = template;
    }

    // None for a line that has a member twice: which of the two counts is the parser's business.
    private LineTemplate? TemplateOf(ReadOnlySpan<FoundMember> members)
    {
        foreach (LineTemplate template in _templates)
        {
            if (template.Has(members))
            {
                return template;
            }
        }

        if (!AreDistinct(members))
        {
            return null;
        }

        var added = new LineTemplate(members);
        if (_templates.Count == MostTemplates)
        {
            _templates.RemoveAt(0);
        }

        _templates.Add(added);
        return added;
    }

    private static bool AreDistinct(ReadOnlySpan<FoundMember> members)
    {
        HashSet<MemberName> names = [];
        foreach (FoundMember member in members)
        {
            if (!names.Add(member.Name))
            {
                return false;
            }
        }

        return true;
    }

    private bool TryFindMembers(ReadOnlySpan<byte> line, out ReadOnlySpan<FoundMember> members)
    {
        members = default;
        var text = new LineText(line);
        if (!text.TryTake((byte)'{'))
        {
            return false;
        }

        int count = 0;
        do
        {
            if (count == _found.Length)
            {
                Array.Resize(ref _found, count * 2);
            }

            if (NameAt(ref text, _found[count].Name) is not { } name)
            {
                return false;
            }

            int start = text.At;
            if (!_values.TryRead(name.Kind, ref text, ref _call))
            {
                return false;
            }

            _found[count++] = new FoundMember(name, start, text.At);
        }
        while (text.TryTake((byte)','));

        members = _found.AsSpan(0, count);
        return text.TryTake((byte)'}') && text.AtEnd;
    }

    private MemberName? NameAt(ref LineText text, MemberName? expected)
    {
        if (expected is not null && text.TryTake(expected.Text))
        {
            return expected;
        }

        return text.TryPlainText(out ReadOnlySpan<byte> name) && text.TryTake((byte)':') ? NameOf(name) : null;
    }

    private MemberName NameOf(ReadOnlySpan<byte> name)
    {
        foreach (MemberName known in _names)
        {
            if (known.Is(name))
            {
                return known;
            }
        }

        var added = new MemberName(LedgerMembers.Of(name), name);
        if (added.Kind != LedgerMember.Unknown || _names.Count < MostNames)
        {
            _names.Add(added);
        }

        return added;
    }
}
