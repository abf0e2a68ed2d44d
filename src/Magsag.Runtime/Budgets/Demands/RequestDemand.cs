using System.Text.Json;

namespace Magsag.Runtime.Budgets.Demands;

/// <summary>The most that a request can be billed for, by its address and its body.</summary>
internal static class RequestDemand
{
    private static readonly JsonDocumentOptions Strictly = new() { AllowDuplicateProperties = false };

    /// <summary>Reads the demand of a request.</summary>
    /// <exception cref="BudgetExceededException">Its worst case isn't known.</exception>
    public static CallDemand Read(WireApi api, Uri address, ReadOnlyMemory<byte>? body, BudgetAdmission admission)
    {
        using JsonDocument document = Parse(address, body);
        JsonElement root = document.RootElement;
        string? model = WireAnswer.Text(root, "model") ?? WireAddress.ModelOf(address);
        RequestFacts facts = RequestFacts.Read(root);
        var demand = new CallDemand
        {
            Model = model,
            Price = model is null ? null : admission.Prices?.Find(model, WireAddress.ProviderOf(address) ?? api.Owner),
            MayChooseTier = facts.MayChooseTier,
        };
        BudgetOptions budget = admission.Guard.Options;
        return api.Operation switch
        {
            "transcription" => MediaDemand.OfTranscription(demand, budget),
            "embeddings" => OfEmbeddings(demand, root, body!.Value.Span, facts),
            "image" or "speech" => WithInput(demand, body!.Value.Span, facts, "has other things than text in its prompt") with { OutputTokens = MediaDemand.OutputTokens(demand, budget) * facts.Choices },
            _ => OfText(demand, api.Format, root, body!.Value.Span, facts, admission),
        };
    }

    private static CallDemand OfText(CallDemand demand, WireFormat format, JsonElement root, ReadOnlySpan<byte> body, RequestFacts facts, BudgetAdmission admission)
    {
        long output = RequestFacts.CapOf(root, format) ?? (demand.Price?.MaxOutputTokens is { } most and > 0 ? most
            : throw new BudgetExceededException($"The request to '{demand.Model ?? "an unknown model"}' has no cap on its output, and the catalogue doesn't know the model's own, so its worst case isn't known. Send a cap with it."));
        CallDemand known = WithInput(demand, body, facts, facts.UsesKeptInput ? "continues a conversation that the provider keeps" : "has content other than text");
        return HostedTools.AddTo(
            known with { OutputTokens = output * facts.Choices },
            facts.HostedTools,
            facts.OtherHostedTools,
            admission.Guard.CountsDollars(BudgetAdmission.AttributionOf(demand.Model)),
            admission.Guard.Options);
    }

    // What can't be counted may fill the window each.
    private static CallDemand OfEmbeddings(CallDemand demand, JsonElement root, ReadOnlySpan<byte> body, RequestFacts facts)
    {
        CallDemand known = WithInput(demand, body, facts, "embeds other things than text");
        return known.HasMedia ? known with { InputTokens = known.InputTokens * Math.Max(1, WireAnswer.Items(root, "input").Count()) } : known;
    }

    private static CallDemand WithInput(CallDemand demand, ReadOnlySpan<byte> body, RequestFacts facts, string what) =>
        !facts.UsesKeptInput && RequestBody.CountTokens(body, TokenCounter.AtMost(demand.Model), PromptMargin.Most(demand.Price)) is { } counted
            ? demand with { InputTokens = counted, HasMedia = facts.HasMedia }
            : demand with { InputTokens = PromptDemand.Window(demand.Price, demand.Model, what), HasMedia = true };

    private static JsonDocument Parse(Uri address, ReadOnlyMemory<byte>? body)
    {
        JsonDocument? document = null;
        try
        {
            document = body is { } bytes ? JsonDocument.Parse(bytes, Strictly) : null;
        }
        catch (JsonException)
        {
            // It is refused below.
        }

        return document is { RootElement.ValueKind: JsonValueKind.Object } && !RequestFacts.HasDoubles(document.RootElement)
            ? document
            : throw new BudgetExceededException($"The body of the request to {address.IdnHost}{address.AbsolutePath} can't be read here, is too large, or says something twice, so its worst case isn't known.");
    }
}
