using Magsag.Cli.Repository;
using Magsag.Yaml;

namespace Magsag.Cli.Prices;

/// <summary><c>magsag prices update</c></summary>
internal static class PricesUpdateCommand
{
    public const string FileName = "magsag.catalogue.txt";

    public static Command Create(Terminal terminal) => Create(terminal, CatalogueKey.Shipped);

    /// <param name="terminal">The terminal.</param>
    /// <param name="key">The key that signatures are checked by; null for none.</param>
    public static Command Create(Terminal terminal, CatalogueKey? key)
    {
        var from = new Option<string>("--from") { Description = "A newer catalogue: a file, or an https address.", HelpName = "place", Required = true };
        var sha256 = new Option<string?>("--sha256") { Description = "The SHA-256 that the catalogue must have, in hexadecimal.", HelpName = "hash" };
        var signature = new Option<string?>("--signature") { Description = "The signature of the catalogue by the key that this build ships, if it ships one: a file, or an https address.", HelpName = "place" };
        var command = new Command("update", $"Bring a newer price catalogue into the repository, checked, as {FileName}.") { from, sha256, signature };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            string place = parsed.GetValue(from)!;
            if (parsed.GetValue(signature) is not null && key is null)
            {
                throw CommandFailure.Usage("No key is shipped in this build of magsag, so no signature can be checked; give --sha256 instead.");
            }

            byte[] content = await CatalogueDownload.ReadAsync(place, terminal, cancellationToken);
            await CheckAsync(content, place, parsed.GetValue(sha256), parsed.GetValue(signature), key, terminal, cancellationToken);
            PriceCatalog catalog = CatalogueFile.Parse(content, place);
            string own = SourceTree.FindUp(terminal, OwnPrices.FileName) ?? terminal.FullPath(OwnPrices.FileName);
            PriceCatalog present = File.Exists(own) ? OwnPrices.Over(own, PriceCatalog.Embedded) : PriceCatalog.Embedded;
            if (catalog.AsOf < present.AsOf)
            {
                throw CommandFailure.Usage($"{place} is of {CatalogSyntax.Print(catalog.AsOf.UtcDateTime)}, older than the prices in use ({CatalogSyntax.Print(present.AsOf.UtcDateTime)}); nothing was written.");
            }

            string target = Path.Combine(Path.GetDirectoryName(own)!, FileName);
            OutputFile.Write(target, terminal, path => AtomicFile.Write(path, content));
            OutputFile.Write(own, terminal, path => OutputFile.WriteText(path, CatalogueFile.Name(File.Exists(path) ? File.ReadAllText(path) : "version: 1\n", FileName, CatalogueFile.HashOf(content))));
            terminal.WriteNotice($"Magsag: prices of {CatalogSyntax.Print(catalog.AsOf.UtcDateTime)} in {terminal.Shown(target)}, named in {terminal.Shown(own)}. Commit both.");
            return ExitCode.Passed;
        });
        return command;
    }

    private static async Task CheckAsync(byte[] content, string place, string? sha256, string? signature, CatalogueKey? key, Terminal terminal, CancellationToken cancellationToken)
    {
        if (sha256 is null && signature is null)
        {
            throw CommandFailure.Usage("A catalogue from elsewhere must be checked: give --sha256 or --signature.");
        }

        string hash = CatalogueFile.HashOf(content);
        if (sha256 is not null && !hash.Equals(sha256.Trim(), StringComparison.OrdinalIgnoreCase))
        {
            throw CommandFailure.Unreadable($"{place} has the SHA-256 {hash}, not {sha256.Trim()}; nothing was written.");
        }

        if (signature is not null && !key!.Signed(content, await CatalogueDownload.ReadAsync(signature, terminal, cancellationToken)))
        {
            throw CommandFailure.Unreadable($"{place} isn't signed by the key that this build ships; nothing was written.");
        }
    }
}
