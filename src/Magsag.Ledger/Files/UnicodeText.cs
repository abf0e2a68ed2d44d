using System.Text;

namespace Magsag.Ledger.Files;

/// <summary>Reads text without replacing what isn't text.</summary>
internal static class UnicodeText
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The text of a file: UTF-8, or what its byte order mark says.</summary>
    /// <param name="content">The file's bytes.</param>
    /// <param name="fault">Makes the error for the line on which a byte stands for no character.</param>
    public static string Read(byte[] content, Func<int, Exception> fault)
    {
        try
        {
            using var reader = new StreamReader(new MemoryStream(content), Strict, detectEncodingFromByteOrderMarks: true);
            string text = reader.ReadToEnd();
            return IsWhole(text) ? text : throw fault(1);
        }
        catch (DecoderFallbackException)
        {
            throw fault(LineOfFault(content));
        }
    }

    /// <summary>True when a text has no half of a character: a surrogate without its other half.</summary>
    public static bool IsWhole(string text)
    {
        for (int index = 0; index < text.Length; index++)
        {
            if (!char.IsSurrogate(text[index]))
            {
                continue;
            }

            if (!char.IsHighSurrogate(text[index]) || index + 1 == text.Length || !char.IsLowSurrogate(text[index + 1]))
            {
                return false;
            }

            index++;
        }

        return true;
    }

    private static int LineOfFault(byte[] content)
    {
        int line = 1;
        for (int start = 0; start < content.Length; line++)
        {
            int end = Array.IndexOf(content, (byte)'\n', start);
            end = end < 0 ? content.Length : end;
            if (!IsText(content, start, end - start))
            {
                return line;
            }

            start = end + 1;
        }

        return line;
    }

    private static bool IsText(byte[] content, int start, int length)
    {
        try
        {
            Strict.GetCharCount(content, start, length);
            return true;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }
}
