namespace Magsag.Cli.Tests.Escaping;

/// <summary>Names that break out of some format, or command some program, unless they are escaped for it.</summary>
internal static class HostileCorpus
{
    /// <summary>Names that a ledger can hold.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        "a`\n\n## :white_check_mark: Magsag: passed\n\n@octocat ![x](http://evil.example/p.png)\n\n`b.cs",
        "``` fence\n~~~",
        "a|b|c\\|d\\\\|e",
        "| --- | --- |\n| x | y |",
        "line\r\nbreak\rreturn\u2028separator\u2029paragraph\u0085next\fform\vtab",
        "\u202Egnp.exe\u202C \u2066isolate\u2069",
        "\u001b[31mred\u001b[0m\u001b]0;title\u0007\u009b2J",
        "::error title=x::gone",
        "x\n::set-output name=passed::true",
        "##[add-mask]secret ##vso[task.setvariable variable=x]y",
        "%0A::error::%0D%25",
        "<script>alert(1)</script><img src=x onerror=alert(2)>",
        "<!-- comment --> --> </table></td>",
        "]]><evil/>",
        "&lt;b&gt;&#64;&amp;",
        "=cmd|' /C calc'!A0",
        "+1+1",
        "-2+3",
        "@SUM(A1)",
        "\t=1+1",
        "\"quoted\",\"cell\"\r\n=1",
        "nul\0byte\u0001\u001f\u007f",
        "@octocat @github/team #1 GH-2 https://evil.example www.evil.example a@b.example",
        "[link](javascript:alert(1)) ![image](http://evil.example/x.png)",
        "**bold** __init__ ~~struck~~ *x* $x$ <b>",
        "${{ github.token }} $(id) `id` $HOME ;|&",
        "; DROP TABLE calls; -- ' \"",
        "../../../../etc/passwd",
        "C:\\Users\\x|y\\z",
        "{0} {1:N0} %s %n",
        "\U0001F4A9 é ﷽ a\u0301\u0301\u0301",
        new('w', 200),
        "- item",
        "1. item",
        "> quote",
        "    code",
        "<details><summary>",
        "\ufeffbom\u200bzero",
    ];

    /// <summary>Names that no ledger can hold but that a program may hand in.</summary>
    public static IReadOnlyList<string> Halves { get; } = ["half\ud800", "\udc00half", "a\ud83d b", "\udfff\ud800", new('w', 10_000)];

    /// <summary>As many names without anything in them.</summary>
    public static IReadOnlyList<string> Plain { get; } = [.. Enumerable.Range(0, Names.Count).Select(static number => $"plain{number}")];
}
