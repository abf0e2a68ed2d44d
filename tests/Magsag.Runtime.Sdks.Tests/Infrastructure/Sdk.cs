namespace Magsag.Runtime.Sdks.Tests;

/// <summary>One SDK with one or more ways in, ready to ask.</summary>
/// <param name="Name">Names it in the results.</param>
/// <param name="Ask">Asks once, plainly or streamed; a streamed answer is read to its end, or left after its first piece.</param>
internal sealed record Sdk(string Name, Func<SdkCall, Task> Ask)
{
    /// <summary>Whether the SDK retries by itself as it is set up.</summary>
    public bool Retries { get; init; } = true;

    /// <summary>Whether the SDK can live with an answer that has no usage.</summary>
    public bool ToleratesNoUsage { get; init; } = true;

    /// <summary>The model as billed.</summary>
    public string Model { get; init; } = "gpt-4o-mini-2024-07-18";

    /// <summary>The cached part of the input, as far as the SDK's wire format reports one.</summary>
    public int Cached { get; init; } = 200;

    public string Provider { get; init; } = "openai";

    public override string ToString() => Name;
}
