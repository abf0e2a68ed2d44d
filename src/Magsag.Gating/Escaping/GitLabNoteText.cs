using System.Text.RegularExpressions;

namespace Magsag.Gating.Escaping;

/// <summary>Text that stands in a note of GitLab as what it is: beside Markdown, a sign before a word links there to a merge request, a snippet, a milestone, a label …</summary>
internal static class GitLabNoteText
{
    // As they stand in escaped Markdown.
    private static readonly Regex References = new(@"([!$%^]|\\~|&amp;|\\\[)(?=[\w""'])", RegexOptions.CultureInvariant);

    public static string Escape(string text) => References.Replace(MarkdownText.Escape(text), "$1&#8203;");
}
