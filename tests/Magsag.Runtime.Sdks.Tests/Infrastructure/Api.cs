namespace Magsag.Runtime.Sdks.Tests;

/// <summary>The wire formats that the provider on loopback speaks.</summary>
internal enum Api
{
    Chat,
    Responses,
    Embeddings,
    Anthropic,
    Gemini,
    Ollama,
}
