using System.Text;

namespace Magsag.Cli.Setup;

/// <summary>A file of the user's that <c>magsag init</c> adds lines to: what is in it stays byte for byte, and what is added ends its lines as the rest does.</summary>
internal sealed class UserFile
{
    private static readonly byte[][] OtherEncodings = [[0xff, 0xfe], [0xfe, 0xff]];

    private readonly byte[] _content;
    private readonly string _text;

    private UserFile(byte[] content)
    {
        _content = content;
        _text = Encoding.UTF8.GetString(content);
    }

    public bool IsEmpty => _content.Length == 0;

    public IEnumerable<string> Lines => _text.Split('\n').Select(static line => line.Trim('\ufeff', '\r', ' ', '\t'));

    /// <exception cref="CommandFailure">The file is a folder, can't be read or isn't UTF-8.</exception>
    public static UserFile Read(string path, Terminal terminal)
    {
        if (Directory.Exists(path))
        {
            throw CommandFailure.Usage($"{terminal.Shown(path)} is a folder; expected a file.");
        }

        byte[] content = File.Exists(path) ? File.ReadAllBytes(path) : [];
        return OtherEncodings.Any(mark => content.AsSpan().StartsWith(mark))
            ? throw CommandFailure.Usage($"{terminal.Shown(path)} is in UTF-16; save it as UTF-8, so that lines can be added.")
            : new UserFile(content);
    }

    public void WriteWith(string addition, string path)
    {
        string end = _text.Contains("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n";
        string separator = IsEmpty || _text.EndsWith('\n') ? "" : end;
        string added = (IsEmpty ? addition.TrimStart('\n') : addition).ReplaceLineEndings(end);
        AtomicFile.Write(path, [.. _content, .. Encoding.UTF8.GetBytes(separator + added)]);
    }
}
