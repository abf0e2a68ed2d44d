namespace Magsag.Runtime.Sdks.Tests;

/// <summary>The usage that the provider reports; the cached tokens are part of the input.</summary>
internal readonly record struct Counts(int Input, int Cached, int Output)
{
    public static readonly Counts Usual = new(1000, 200, 100);
}
