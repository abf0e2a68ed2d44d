using System.Text;

namespace Magsag.Analyzers.Sdks;

/// <summary>Turns the name of an enumeration's member into the model id that it stands for: <c>ClaudeHaiku4_5</c> is <c>claude-haiku-4-5</c>.</summary>
internal static class ModelEnumName
{
    public static string ToId(string member)
    {
        var id = new StringBuilder(member.Length + 4);
        for (int index = 0; index < member.Length; index++)
        {
            char letter = member[index];
            bool begins = index > 0 && member[index - 1] != '_' && (char.IsUpper(letter) || (char.IsDigit(letter) && !char.IsDigit(member[index - 1])));
            if (begins)
            {
                id.Append('-');
            }

            id.Append(letter == '_' ? '-' : char.ToLowerInvariant(letter));
        }

        return id.ToString();
    }
}
