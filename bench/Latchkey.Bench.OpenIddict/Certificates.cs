using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Latchkey.Bench.OpenIddict;

/// <summary>Kept beside the data, so that a start does not pay for making keys.</summary>
internal static class Certificates
{
    public static X509Certificate2 Get(string directory, string name)
    {
        var path = Path.Combine(directory, $"{name}.pfx");
        if (!File.Exists(path))
        {
            using var key = RSA.Create(2048);
            var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
            request.CertificateExtensions.Add(new X509KeyUsageExtension(
                name == "signing" ? X509KeyUsageFlags.DigitalSignature : X509KeyUsageFlags.KeyEncipherment, critical: true));
            using var made = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddYears(1));
            File.WriteAllBytes(path, made.Export(X509ContentType.Pfx));
        }

        return X509CertificateLoader.LoadPkcs12FromFile(path, null);
    }
}
