// Speech is experimental in Microsoft.Extensions.AI; who uses it has accepted that.
#pragma warning disable MEAI001
using Magsag.Pricing.Tokens;
using Microsoft.Extensions.AI;

namespace Magsag.Runtime.Metering;

/// <summary>Says what the answer to one call used, from whatever arrives of it: updates of a client, events on the wire, or the answer as a whole.</summary>
/// <remarks>
/// Usage belongs to a response. Of one response, running totals replace each other, counts that are reported apart complete each other,
/// and what is reported ahead of the output is a placeholder for it; where a count falls, the reports are about parts, and are added.
/// A stream that passes through a tool loop holds several responses, whose usages are added.
/// </remarks>
internal sealed class UsageAccumulator(string? requestedModel)
{
    private ResponseUsage _current = new(null);
    private List<ResponseUsage>? _earlier;
    private bool _isClosed;

    /// <summary>The model that was asked for, for counting while the answer names none.</summary>
    public string? RequestedModel { get; set; } = requestedModel;

    /// <summary>The model that answered; null while the answer names none.</summary>
    public string? Model { get; private set; }

    /// <summary>The id of the last response; null while none is known.</summary>
    public string? Id => _current.Id;

    /// <summary>Whether anything has arrived.</summary>
    public bool HasBegun { get; set; }

    /// <summary>Whether some of the output is lost to counting.</summary>
    public bool LacksOutput { get; set; }

    /// <summary>Whether the usage of the whole answer was reported, so that nothing is left to be billed.</summary>
    public bool HasFinalReport => _current.HasFinalReport && Earlier.All(static response => response.HasReport);

    private IReadOnlyList<ResponseUsage> Earlier => _earlier ?? (IReadOnlyList<ResponseUsage>)[];

    private TokenCounter Counter => TokenCounter.For(Model ?? RequestedModel);

    /// <summary>Takes a whole answer.</summary>
    public void Add(ChatResponse response)
    {
        Begin(response.ModelId, response.ResponseId, isTool: false);
        foreach (ChatMessage message in response.Messages)
        {
            AddContents(message.Contents);
        }

        End(response.Usage);
    }

    /// <summary>Takes a whole transcription.</summary>
    public void Add(SpeechToTextResponse response) => AddWhole(response.ModelId, response.ResponseId, response.Contents, response.Usage);

    /// <summary>Takes whole speech.</summary>
    public void Add(TextToSpeechResponse response) => AddWhole(response.ModelId, response.ResponseId, response.Contents, response.Usage);

    /// <summary>Takes a piece of a streamed answer.</summary>
    public void Add(ChatResponseUpdate update)
    {
        Begin(update.ModelId, update.ResponseId, update.Role == ChatRole.Tool);
        AddContents(update.Contents);
        _current.IsFinished |= update.FinishReason is not null;
    }

    /// <summary>Takes a piece of a streamed transcription.</summary>
    public void Add(SpeechToTextResponseUpdate update)
    {
        Begin(update.ModelId, update.ResponseId, isTool: false);
        AddContents(update.Contents);
    }

    /// <summary>Takes a piece of streamed speech.</summary>
    public void Add(TextToSpeechResponseUpdate update)
    {
        Begin(update.ModelId, update.ResponseId, isTool: false);
        AddContents(update.Contents);
    }

    /// <summary>Takes a report that was read off the wire, where an answer is one response.</summary>
    /// <param name="usage">What it says.</param>
    /// <param name="isPlaceholder">Whether it precedes the output.</param>
    /// <param name="issue">Why the counts can't all be right; null when nothing contradicts them.</param>
    /// <param name="lacksInput">Whether it doesn't say what the input was.</param>
    public void Add(in Usage usage, bool isPlaceholder, string? issue = null, bool lacksInput = false)
    {
        HasBegun = true;
        _current.Report(UsageReport.From(usage, issue, lacksInput), isPlaceholder);
    }

    /// <summary>Takes note that the answer has said that it is at its end.</summary>
    public void Finish() => _current.IsFinished = true;

    /// <summary>Takes text of the output; null for output that can't be counted, such as a picture.</summary>
    public void AddText(string? text)
    {
        HasBegun = true;
        LacksOutput |= text is null;
        _current.Append(text, Model ?? RequestedModel);
    }

    /// <summary>Takes the name of the model that answers.</summary>
    public void AddModel(string? model) => Model = model ?? Model;

    /// <summary>The output tokens of the text that has arrived.</summary>
    public long CountOutput()
    {
        TokenCounter counter = Counter;
        return _current.CountText(counter) + Earlier.Sum(response => response.CountText(counter));
    }

    /// <summary>Whether more output tokens than a number have arrived. Nothing is counted while the text is too short for that.</summary>
    public bool HasMoreOutputThan(long tokens) => _current.MostTokens + Earlier.Sum(static response => response.MostTokens) > tokens && CountOutput() > tokens;

    /// <summary>What the answer used: as reported where that is all of it, else the least that was billed.</summary>
    /// <param name="isWhole">Whether the answer came to its end.</param>
    /// <param name="countInput">Counts the prompt; asked only when its tokens weren't reported. Null when it can't be counted.</param>
    public MeasuredUsage Measure(bool isWhole, Func<TokenCounter, long?> countInput)
    {
        if (!HasBegun)
        {
            return default;
        }

        TokenCounter counter = Counter;
        if (_earlier is null)
        {
            return Measure(_current, isWhole, counter, countInput);
        }

        MeasuredUsage sum = _earlier.Select(response => Measure(response, isWhole: true, counter, countInput)).Aggregate(static (one, other) => one + other);
        return _current.IsEmpty ? sum : sum + Measure(_current, isWhole, counter, countInput);
    }

    private MeasuredUsage Measure(ResponseUsage response, bool isWhole, TokenCounter counter, Func<TokenCounter, long?> countInput)
    {
        if (response.HasReport)
        {
            return response.Measure(isWhole, counter, countInput);
        }

        return !LacksOutput && countInput(counter) is { } input
            ? new MeasuredUsage(new Usage { InputTokens = input, OutputTokens = response.CountText(counter) }, true, null)
            : default;
    }

    private void Begin(string? model, string? responseId, bool isTool)
    {
        HasBegun = true;
        AddModel(model);
        if (isTool)
        {
            // What a tool says ends the response that called it.
            _isClosed = true;
            return;
        }

        bool isOther = responseId is not null && _current.Id is not null && responseId != _current.Id;
        if ((_isClosed || (isOther && (_current.IsFinished || _current.HasFullReport))) && !_current.IsEmpty)
        {
            (_earlier ??= []).Add(_current);
            _current = new ResponseUsage(responseId);
        }

        _isClosed = false;
        _current.Id = responseId ?? _current.Id;
    }

    private void AddWhole(string? model, string? responseId, IList<AIContent> contents, UsageDetails? usage)
    {
        Begin(model, responseId, isTool: false);
        AddContents(contents);
        End(usage);
    }

    // The usage of a whole answer is the sum of all reports in it.
    private void End(UsageDetails? usage)
    {
        Report(usage, isPlaceholder: false);
        _current.IsFinished = true;
    }

    private void AddContents(IList<AIContent> contents)
    {
        foreach (AIContent content in contents)
        {
            AddContent(content);
        }
    }

    private void AddContent(AIContent content)
    {
        switch (content)
        {
            case UsageContent usage:
                Report(usage.Details, isPlaceholder: !_current.HasOutput);
                break;
            case FunctionResultContent:
                break;
            case TextContent said:
                AddText(said.Text);
                break;
            case TextReasoningContent thought:
                _current.HasReasoning |= thought.Text.Length > 0;
                AddText(thought.Text);
                break;
            default:
                _current.HasOutput = true;

                // A plain content is an event that an adapter doesn't know.
                AddText(content.GetType() == typeof(AIContent) ? "" : ContentText.FromOutput(content));
                break;
        }
    }

    private void Report(UsageDetails? details, bool isPlaceholder)
    {
        if (UsageReport.From(details) is { } report)
        {
            _current.Report(report, isPlaceholder);
        }
    }
}
