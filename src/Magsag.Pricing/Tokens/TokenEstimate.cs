namespace Magsag.Pricing.Tokens;

/// <summary>Estimates how many tokens a text has, without a vocabulary: a compiler has no room for one, and an app only where it asks for it.</summary>
/// <remarks>The weights were fitted to the o200k vocabulary over English, code, JSON and Chinese, Japanese and Korean text; a test compares them with Microsoft.ML.Tokenizers.</remarks>
internal static class TokenEstimate
{
    public static int Count(string text)
    {
        double tokens = 0;
        int index = 0;
        while (index < text.Length)
        {
            int start = index;
            char first = text[index];
            if (IsIdeograph(first))
            {
                index = FindEnd(text, index, IsIdeograph);
                tokens += Ideographs(text, start, index);
            }
            else if (char.IsLetter(first))
            {
                index = FindWordEnd(text, index);
                tokens += Word(index - start, IsAscii(text, start, index));
            }
            else if (char.IsDigit(first))
            {
                index = FindEnd(text, index, char.IsDigit);
                tokens += (index - start + 2) / 3;
            }
            else if (char.IsWhiteSpace(first))
            {
                index = FindEnd(text, index, char.IsWhiteSpace);
                tokens += Blank(text, start, index);
            }
            else
            {
                index = FindEnd(text, index, static letter => !char.IsLetterOrDigit(letter) && !char.IsWhiteSpace(letter));
                tokens += Punctuation(index - start, index < text.Length && char.IsLetter(text[index]));
            }
        }

        return (int)Math.Round(tokens);
    }

    // A common word is one token; long ones fall into pieces. A word may end where a capital begins another, as in identifiers.
    private static double Word(int length, bool isAscii) => isAscii
        ? length <= 8 ? 1.03 : 1 + ((length - 8) * 0.16)
        : Math.Max(1, length * 0.36);

    private static double Ideographs(string text, int start, int end)
    {
        double tokens = 0;
        for (int index = start; index < end; index++)
        {
            tokens += text[index] is >= '\uAC00' and <= '\uD7AF' ? 0.77 : text[index] is >= '\u3040' and <= '\u30FF' ? 0.82 : 0.69;
        }

        return Math.Max(1, tokens);
    }

    // A space before a word belongs to the word; line breaks and indentation are tokens of their own.
    private static double Blank(string text, int start, int end)
    {
        int lastBreak = text.LastIndexOf('\n', end - 1, end - start);
        int indent = end - 1 - Math.Max(lastBreak, start - 1);

        // A line break right after punctuation belongs to it, and the last space of an indentation to the word.
        bool ownBreak = lastBreak >= 0 && (start == 0 || char.IsLetterOrDigit(text[start - 1]));
        return (ownBreak ? 1 : 0) + (indent > 1 ? 1 : 0);
    }

    // A run of punctuation is mostly one token; a single mark before a word often is a part of the word.
    private static double Punctuation(int length, bool wordFollows) => length switch
    {
        1 => wordFollows ? 0.45 : 0.95,
        <= 4 => 1.05,
        _ => 1 + ((length - 4) * 0.3),
    };

    private static int FindWordEnd(string text, int index)
    {
        int start = index;
        for (index++; index < text.Length && char.IsLetter(text[index]) && !IsIdeograph(text[index]); index++)
        {
            bool begins = char.IsUpper(text[index]) && char.IsLower(text[index - 1]);
            if (begins && index > start)
            {
                break;
            }
        }

        return index;
    }

    private static int FindEnd(string text, int index, Func<char, bool> belongs)
    {
        while (index < text.Length && belongs(text[index]))
        {
            index++;
        }

        return index;
    }

    private static bool IsAscii(string text, int start, int end)
    {
        for (int index = start; index < end; index++)
        {
            if (text[index] > '\u007F')
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsIdeograph(char letter) => letter is (>= '\u3040' and <= '\u30FF') or (>= '\u3400' and <= '\u9FFF') or (>= '\uAC00' and <= '\uD7AF') or (>= '\uF900' and <= '\uFAFF');
}
