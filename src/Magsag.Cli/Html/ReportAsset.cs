using System.Security.Cryptography;
using System.Text;

namespace Magsag.Cli.Html;

/// <summary>A file that the page carries within itself.</summary>
internal sealed class ReportAsset
{
    private ReportAsset(string name)
    {
        using Stream stream = typeof(ReportAsset).Assembly.GetManifestResourceStream($"Magsag.Cli.Html.Assets.{name}")!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        Text = reader.ReadToEnd();
        Hash = $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Text)))}'";
    }

    /// <summary>Draws the charts; as its package ships it.</summary>
    public static ReportAsset Charts { get; } = new("chart.umd.min.js");

    public static ReportAsset Script { get; } = new("report.js");

    public static ReportAsset Style { get; } = new("report.css");

    public string Text { get; }

    /// <summary>The source expression that lets a content security policy allow this text and nothing else.</summary>
    public string Hash { get; }
}
