namespace Magsag.Runtime.Recording;

/// <summary>What a client's answer says about its billing.</summary>
/// <param name="Model">The model that answered; null when the answer doesn't name it.</param>
/// <param name="Used">What the answer used.</param>
/// <param name="IsReplay">Whether it came from a cache inside the pipeline.</param>
internal readonly record struct CallAnswer(string? Model, MeasuredUsage Used, bool IsReplay = false);
