using System.Text;
using Magsag.Pricing.Listings;
using Magsag.Pricing.Tokens;

namespace Magsag.Runtime.Metering;

/// <summary>What one response of a provider has reported and delivered so far.</summary>
internal sealed class ResponseUsage(string? id)
{
    // Longer text is counted piece by piece, so that no answer is held whole.
    private const int Piece = 256 * 1024;

    private readonly StringBuilder _text = new();
    private UsageReport? _report;
    private bool _isPlaceholder;
    private long _earlierTokens;
    private long _count;
    private long _newBytes;

    /// <summary>The response's id; null while none is known.</summary>
    public string? Id { get; set; } = id;

    /// <summary>Whether anything of the output has arrived.</summary>
    public bool HasOutput { get; set; }

    /// <summary>Whether some of the output is reasoning that can be read.</summary>
    public bool HasReasoning { get; set; }

    /// <summary>Whether the response has said why it ended.</summary>
    public bool IsFinished { get; set; }

    /// <summary>Whether the usage of the whole response is reported.</summary>
    public bool HasFinalReport => IsFinished && _report is not null && (!_isPlaceholder || !HasOutput);

    public bool HasReport => _report is not null;

    /// <summary>Whether a report says how much the output is.</summary>
    public bool HasFullReport => _report is not null && !_isPlaceholder;

    /// <summary>Whether nothing has arrived yet that was billed.</summary>
    public bool IsEmpty => _report is null && !HasOutput;

    /// <summary>The most tokens that the text can have: those counted last, and as many as bytes have come since, of which a token has at least one.</summary>
    public long MostTokens => _count + _newBytes;

    /// <summary>Takes a report.</summary>
    /// <param name="report">What it says: the totals so far, or the counts of a part that none before it had.</param>
    /// <param name="isPlaceholder">Whether it precedes the output, so that it can't say how much that is.</param>
    public void Report(in UsageReport report, bool isPlaceholder)
    {
        _report = _report switch
        {
            null => report,
            { } known when _isPlaceholder => report.Over(known.WithoutOutput()),
            { } known => report.Continues(known) ? report.Over(known) : report.Plus(known),
        };
        _isPlaceholder = isPlaceholder;
    }

    /// <summary>Takes text that continues the text so far.</summary>
    public void Append(string? text, string? model)
    {
        if (string.IsNullOrEmpty(text))
        {
            return;
        }

        HasOutput = true;
        _text.Append(text);
        _newBytes += Encoding.UTF8.GetByteCount(text);
        if (_text.Length >= Piece)
        {
            _earlierTokens = CountText(TokenCounter.For(model));
            _text.Clear();
        }
    }

    /// <summary>The tokens of the text that has arrived.</summary>
    public long CountText(TokenCounter counter)
    {
        if (_newBytes > 0)
        {
            _count = _earlierTokens + counter.Count(_text.ToString());
            _newBytes = 0;
        }

        return _count;
    }

    /// <summary>What was billed at least: what was reported, and the output that arrived where that is more.</summary>
    /// <param name="isWhole">Whether the response came to its end, so that what it reported last is what it used.</param>
    /// <param name="counter">Counts what wasn't reported.</param>
    /// <param name="countInput">Counts the prompt, where a report leaves it out. Null when it can't be counted.</param>
    /// <returns>The usage; null when nothing was reported.</returns>
    public MeasuredUsage Measure(bool isWhole, TokenCounter counter, Func<TokenCounter, long?> countInput)
    {
        if (_report is not { } report)
        {
            return default;
        }

        (Usage reported, string? issue) = report.Resolve();
        issue ??= report.IssueBeside(_count + _newBytes > 0, HasReasoning);
        if (report.LacksInput)
        {
            return WithCountedInput(reported, countInput(counter), issue);
        }

        var measured = new MeasuredUsage(reported, false, issue);
        if (isWhole && !_isPlaceholder)
        {
            return measured;
        }

        long arrived = CountText(counter);
        if (_isPlaceholder && !isWhole)
        {
            return new MeasuredUsage(WithOutput(reported, arrived), true, null);
        }

        return arrived <= reported.OutputTokens ? measured : new MeasuredUsage(reported with { OutputTokens = arrived }, true, null);
    }

    // What can't be counted either was more than nothing.
    private static MeasuredUsage WithCountedInput(in Usage reported, long? input, string? issue) => input is { } counted
        ? new MeasuredUsage(reported with { InputTokens = counted }, true, issue)
        : new MeasuredUsage(reported, false, issue ?? UsageIssue.InputWithoutTokens);

    private static Usage WithOutput(in Usage usage, long output) => usage.Without(RateUnits.OutputParts) with { OutputTokens = output };
}
