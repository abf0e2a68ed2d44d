using System.Security.Cryptography;

namespace Magsag.Cli.Prices;

/// <summary>The public half of the key by which catalogues are signed (ECDSA on P-256 with SHA-256).</summary>
internal sealed class CatalogueKey(string publicKey)
{
    /// <summary>The key that ships with the tool; the private half is a secret of the repository's workflows.</summary>
    public static CatalogueKey Shipped { get; } = new("""
        -----BEGIN PUBLIC KEY-----
        MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE7gKvt+O+q4E3PLV9R1AFF+8KFlpp
        DgUNXFSMzd/7akQz15Wss9Lrt1rGJxpI8Aoa/xh02t0b6Q44z6eGalINNg==
        -----END PUBLIC KEY-----
        """);

    /// <summary>Whether the bytes were signed: the signature is in DER, as <c>openssl dgst -sha256 -sign</c> writes it.</summary>
    public bool Signed(byte[] content, byte[] signature)
    {
        using var key = ECDsa.Create();
        key.ImportFromPem(publicKey);
        return key.VerifyData(content, signature, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
    }
}
