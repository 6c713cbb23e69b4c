namespace Latchkey.CloudApi.Linodes.Instances;

internal static class SshKey
{
    private const int Longest = 16_384;

    private static readonly string[] Kinds =
    [
        "ssh-ed25519", "ssh-rsa", "ssh-dss", "ecdsa-sha2-nistp256", "ecdsa-sha2-nistp384", "ecdsa-sha2-nistp521",
        "sk-ssh-ed25519@openssh.com", "sk-ecdsa-sha2-nistp256@openssh.com",
    ];

    /// <summary>A public key on one line: kind, base64, and possibly a comment.</summary>
    public static bool IsKey(string text)
    {
        var parts = text.Length > Longest || text.Any(char.IsControl) ? [] : text.Trim(' ').Split(' ', 3);
        return parts.Length >= 2 && Kinds.Contains(parts[0])
            && parts[1].Length > 0 && parts[1].All(c => char.IsAsciiLetterOrDigit(c) || c is '+' or '/' or '=' or '_');
    }
}
