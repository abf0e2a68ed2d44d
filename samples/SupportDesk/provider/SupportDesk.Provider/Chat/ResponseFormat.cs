namespace SupportDesk.Provider.Chat;

/// <summary>The form that a request wants its reply in; without a schema, any text.</summary>
internal sealed record ResponseFormat(ResponseSchema? JsonSchema = null);
