namespace Magsag.Gating;

/// <summary>What the next line with certain members will look like: as the last one with them, but for the values that change from line to line.</summary>
/// <remarks>
/// What lies between two changing values is compared as one stretch of bytes, so that most of a line costs a few comparisons.
/// Numbers, times and ids always change; a text is taken for a changing one when it was another than expected too often.
/// </remarks>
internal sealed class LineTemplate
{
    // Reading a line without a template costs about this many times what looking up one changed text costs.
    private const int LinesPerMiss = 16;

    private readonly MemberName[] _members;
    private readonly byte[][] _values;
    private readonly int[] _misses;
    private readonly bool[] _changes;
    private TemplateStep[] _steps = [];
    private ScannedCall _call;
    private int _lines;

    public LineTemplate(ReadOnlySpan<FoundMember> members)
    {
        _members = new MemberName[members.Length];
        _values = new byte[members.Length][];
        _misses = new int[members.Length];
        _changes = new bool[members.Length];
        for (int index = 0; index < members.Length; index++)
        {
            _members[index] = members[index].Name;
            _values[index] = [];
            _changes[index] = members[index].Name.Kind >= LedgerMember.Id;
        }
    }

    /// <summary>The call of the line that was scanned last.</summary>
    public ref ScannedCall Call => ref _call;

    /// <summary>The template of the line that came next, the last time.</summary>
    public LineTemplate? Next { get; set; }

    /// <summary>Whether a line has these members, in this order.</summary>
    public bool Has(ReadOnlySpan<FoundMember> members)
    {
        if (members.Length != _members.Length)
        {
            return false;
        }

        for (int index = 0; index < members.Length; index++)
        {
            if (!ReferenceEquals(members[index].Name, _members[index]))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Scans a line with the expected members into <see cref="Call"/>; false when it has others, and the call is of no use then.</summary>
    public bool TryScan(ref LineText text, MemberValues values)
    {
        for (int index = 0; index < _steps.Length; index++)
        {
            ref TemplateStep step = ref _steps[index];
            if (!text.TryTake(step.Text) && !TryLearn(ref step, ref text, values))
            {
                return false;
            }

            if (step.Changing < _members.Length && !values.TryRead(_members[step.Changing].Kind, ref text, ref _call))
            {
                return false;
            }
        }

        _lines++;
        return true;
    }

    /// <summary>Expects lines to look like this one from now on.</summary>
    public void Learn(ReadOnlySpan<byte> line, ReadOnlySpan<FoundMember> members, in ScannedCall call)
    {
        _lines++;
        _call = call;
        var steps = new List<TemplateStep>();
        int start = 0, first = 0;
        for (int index = 0; index < members.Length; index++)
        {
            FoundMember member = members[index];
            Note(index, line[member.ValueStart..member.End]);
            if (_changes[index])
            {
                steps.Add(new TemplateStep(line[start..member.ValueStart].ToArray(), first, index));
                (start, first) = (member.End, index + 1);
            }
        }

        steps.Add(new TemplateStep(line[start..].ToArray(), first, members.Length));
        _steps = [.. steps];
    }

    // A stretch with the same members but other values than expected. The call is only touched when all of it was understood.
    private bool TryLearn(ref TemplateStep step, ref LineText text, MemberValues values)
    {
        int start = text.At;
        bool changes = false;
        ScannedCall call = _call;
        for (int index = step.First; index < step.Changing; index++)
        {
            if (!TryName(index, ref text))
            {
                return false;
            }

            int valueStart = text.At;
            if (!values.TryRead(_members[index].Kind, ref text, ref call))
            {
                return false;
            }

            changes |= Note(index, text.Since(valueStart));
        }

        bool ends = step.Changing < _members.Length ? TryName(step.Changing, ref text) : text.TryTake((byte)'}');
        if (!ends || changes)
        {
            return false;
        }

        _call = call;
        step = step with { Text = text.Since(start).ToArray() };
        return true;
    }

    private bool TryName(int index, ref LineText text) => text.TryTake(index == 0 ? (byte)'{' : (byte)',') && text.TryTake(_members[index].Text);

    // Remembers a value; true when it must count as a changing one from now on.
    private bool Note(int index, ReadOnlySpan<byte> value)
    {
        if (_changes[index] || value.SequenceEqual(_values[index]))
        {
            return false;
        }

        _values[index] = value.ToArray();
        _misses[index]++;
        return _changes[index] = _misses[index] > 2 + (_lines / LinesPerMiss);
    }
}
