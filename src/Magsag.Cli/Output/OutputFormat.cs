namespace Magsag.Cli.Output;

/// <summary>How a report is printed.</summary>
internal enum OutputFormat
{
    /// <summary>For people at a terminal.</summary>
    Text,

    /// <summary>For programs.</summary>
    Json,

    /// <summary>For spreadsheets.</summary>
    Csv,

    /// <summary>For pull requests and pages.</summary>
    Markdown,
}
