using System.Security.Cryptography;

namespace Latchkey.Storage.Postgres;

/// <summary>
/// The 256 bits that every node is given and the database never sees. They encrypt the Data Protection key ring, so a copy of
/// the database alone forges nothing.
/// </summary>
internal sealed class KeyFile
{
    private const int Length = 32;
    private const UnixFileMode Others = ~(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

    private readonly byte[] _key;

    private KeyFile(byte[] key) => _key = key;

    public static string HowToMake => "Make one with: openssl rand -base64 32 > latchkey.key && chmod 600 latchkey.key ; and give the same file to every node (--key-file).";

    /// <exception cref="StartupException">There is no such file, others may read it, or it does not hold a key.</exception>
    public static KeyFile Read(string? path)
    {
        if (string.IsNullOrWhiteSpace(path))
        {
            throw new StartupException("Over PostgreSQL the servers need a key file. " + HowToMake);
        }

        var full = Path.GetFullPath(path);
        string text;
        try
        {
            if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(full) & Others) != 0)
            {
                throw new StartupException($"The key file {full} is open to other users of this machine. Run: chmod 600 '{full}'");
            }

            text = File.ReadAllText(full).Trim();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StartupException($"The key file {full} cannot be read. {HowToMake}", e);
        }

        var key = new byte[Length];
        return text.Length < 64 && Convert.TryFromBase64String(text, key, out var length) && length == Length
            ? new KeyFile(key)
            : throw new StartupException($"The key file {full} does not hold a key: 32 random bytes as base64. {HowToMake}");
    }

    /// <summary>Nonce, tag and ciphertext in one.</summary>
    public byte[] Encrypt(ReadOnlySpan<byte> plain)
    {
        var sealedBytes = new byte[AesGcm.NonceByteSizes.MaxSize + AesGcm.TagByteSizes.MaxSize + plain.Length];
        var (nonce, tag, cipher) = Parts(sealedBytes);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(_key, AesGcm.TagByteSizes.MaxSize);
        aes.Encrypt(nonce, plain, cipher, tag);
        return sealedBytes;
    }

    /// <exception cref="CryptographicException">Not encrypted under this key, or altered.</exception>
    public byte[] Decrypt(byte[] sealedBytes)
    {
        if (sealedBytes.Length < AesGcm.NonceByteSizes.MaxSize + AesGcm.TagByteSizes.MaxSize)
        {
            throw new CryptographicException("Too short.");
        }

        var (nonce, tag, cipher) = Parts(sealedBytes);
        var plain = new byte[cipher.Length];
        using var aes = new AesGcm(_key, AesGcm.TagByteSizes.MaxSize);
        aes.Decrypt(nonce, cipher, tag, plain);
        return plain;
    }

    public override string ToString() => "KeyFile(redacted)";

    private static Segments Parts(byte[] bytes)
    {
        var tag = AesGcm.NonceByteSizes.MaxSize;
        var cipher = tag + AesGcm.TagByteSizes.MaxSize;
        return new Segments(bytes.AsSpan(0, tag), bytes.AsSpan(tag, cipher - tag), bytes.AsSpan(cipher));
    }

    private readonly ref struct Segments(Span<byte> nonce, Span<byte> tag, Span<byte> cipher)
    {
        private readonly Span<byte> _nonce = nonce;
        private readonly Span<byte> _tag = tag;
        private readonly Span<byte> _cipher = cipher;

        public void Deconstruct(out Span<byte> nonce, out Span<byte> tag, out Span<byte> cipher)
        {
            nonce = _nonce;
            tag = _tag;
            cipher = _cipher;
        }
    }
}
