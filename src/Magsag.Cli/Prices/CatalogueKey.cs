using System.Security.Cryptography;

namespace Magsag.Cli.Prices;

/// <summary>The public half of the key by which catalogues are signed (ECDSA on P-256 with SHA-256).</summary>
internal sealed class CatalogueKey(string publicKey)
{
    private const string Resource = "Magsag.Cli.Prices.catalogue-key.pem";

    /// <summary>The key that was put into this build (<c>-p:MagsagCatalogueKey=public.pem</c>); null where none was: a key whose private half nobody holds would promise what nobody can sign.</summary>
    public static CatalogueKey? Shipped { get; } = Read();

    private static CatalogueKey? Read()
    {
        using Stream? pem = typeof(CatalogueKey).Assembly.GetManifestResourceStream(Resource);
        if (pem is null)
        {
            return null;
        }

        using var reader = new StreamReader(pem);
        return new CatalogueKey(reader.ReadToEnd());
    }

    /// <summary>Whether the bytes were signed: the signature is in DER, as <c>openssl dgst -sha256 -sign</c> writes it.</summary>
    public bool Signed(byte[] content, byte[] signature)
    {
        using var key = ECDsa.Create();
        key.ImportFromPem(publicKey);
        return key.VerifyData(content, signature, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
    }
}
