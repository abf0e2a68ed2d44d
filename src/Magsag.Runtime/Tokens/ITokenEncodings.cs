namespace Magsag.Runtime.Tokens;

/// <summary>Counts with the vocabularies of encodings, which stand in a package of their own.</summary>
internal interface ITokenEncodings
{
    /// <summary>How many tokens a text has in an encoding. Loads the encoding, once, when it is first needed.</summary>
    int Count(string encoding, ReadOnlySpan<char> text);
}
