using System.Text.Json;

namespace SupportDesk.Provider.Chat;

/// <summary>The JSON schema that a reply has to follow.</summary>
internal sealed record ResponseSchema(JsonElement Schema);
