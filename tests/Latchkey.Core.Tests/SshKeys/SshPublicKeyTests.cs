using Latchkey.Core.SshKeys;

namespace Latchkey.Core.Tests.SshKeys;

public sealed class SshPublicKeyTests
{
    private const string Ed25519 = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAICxLE19E0vVqCsVDPAydxvFGZD2J+FKmH8P7LPYsBoDm";

    [Theory]
    [InlineData("ssh-dss AAAAB3NzaC1kc3MAAACBAJsxpFGxgVSkSjkwzlIzm+hlIRPJ3RHTQrbxCfgeKtW0PRjXv0gqYSi1g0wxk3l0w6LHzf5ISP//5OYVrp7DiN9OFoSaqG2QzagdJTEzy7eX1BnBAIs6fEgsSw1nl5iD2v0ShXrFh+HueZT2W9zI8ZRJBIbp7FlQlxfItyT3JpAvAAAAFQCmtlvlMkZ9hcjz1nhoSRd90EI3SwAAAIBwg+D/J+Bjn2L9flPqLaZrtZKr5ZvIfwy4ViJZ9v6vEENBMUcnEpdcWdHfD6ox/OtUimnVu2VFNbUvKml82p4SCKcUdnMf2NNHo+rht3PLW0X9G72pVGa+STVV8fWyAHNce74wwABmuFPexr4tHDvocRjpe2919kyqla0V5BvCRgAAAIEAlCVGol+meTR3Xmb+EH/JsdILtnsEv++DlB10838iqhwl1pk9aIxX+Ttmxp2jXUt2c9x7xeXn8apCQ1eT/G8DC3pXABJnCbtGsYMc4uAzk/rY0+DkqezTDKzEQiCSCph7NVRvLpycR5+OJgBtjIPLKqwuRy+PxM588hbCYo4oggw= dsa1024")]
    [InlineData("ecdsa-sha2-nistp256 AAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAAIbmlzdHAyNTYAAABBBKMjOwXKpICiLW5yxbtuJBHaMKGaPn2+j0nJQvF8wjUCkwMQdYN3I4J/mIMb8Z75jpAYCNlzUB8aJOOE96vl6Uk= ecdsa256")]
    [InlineData("ecdsa-sha2-nistp384 AAAAE2VjZHNhLXNoYTItbmlzdHAzODQAAAAIbmlzdHAzODQAAABhBJk8Un+9pcTWNAKZSwzPQmGBdrNKYDtpgVT+rq9vC17VME2rL6mXnJDno6/cpAIdUFOcLUMEd0zX+bDRfeEVc+KcoWgCopxY8aA7Msmm4o5IBNUKvwkagYx8cOm39R8+Xw== ecdsa384")]
    [InlineData("ecdsa-sha2-nistp521 AAAAE2VjZHNhLXNoYTItbmlzdHA1MjEAAAAIbmlzdHA1MjEAAACFBADCyS6+CHPiuXJ82oFD9YACY9pZ5GtSzkSnBchKrekhUn/1UFo9Rfi/VaW+b3zdWKKlYIDapOpW6J38gz7ziXLnsACCKbPC59RPmSTK6VMEzeCTRIGLt2xyXHSdAkF7vK1uAx1DqIFiYgOTHIr9NkSaJ6jYT3BvnasglwdOq3b+oiD7Uw== ecdsa521")]
    [InlineData("ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAICxLE19E0vVqCsVDPAydxvFGZD2J+FKmH8P7LPYsBoDm ed25519256")]
    [InlineData("ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQC8q8YpNuNDmOHV14zP6oxk83uDF96vrSclLkcMn/rwCoQw7och1UijmG39cJ4r9csYUwEs/nw2GDNn7PhKoHIwcItr8iMRqad0YfSdnCMehPSbt6NSQ6qix4j3Aou37dYGQyqLIH6DAGmKj3qjFh74xbAHE7o3qlwnjOcxwPyQSlFL1RmoL1SZ8pJ7PtSKEUkNMlPmZVf9IOC32XfLkr2POOkTYDGxDFHVg2C2wj3AYpOOUbNYL4sFhgBiM6RKzbMPZ2dRXyujw1tVttCbHbln/sRAErzNMRk51dOIWFFOiVq7+LxMTDutic7yx0Dd5dBQ7OSUrMJMlZ7LtW8jOmxV rsa2048")]
    [InlineData("sk-ssh-ed25519@openssh.com AAAAGnNrLXNzaC1lZDI1NTE5QG9wZW5zc2guY29tAAAAIAcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHAAAABHNzaDo= x")]
    [InlineData("sk-ecdsa-sha2-nistp256@openssh.com AAAAInNrLWVjZHNhLXNoYTItbmlzdHAyNTZAb3BlbnNzaC5jb20AAAAIbmlzdHAyNTYAAABBBAEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEAAAAEc3NoOg== x")]
    public void Every_kind_that_OpenSSH_makes_is_a_key(string line)
    {
        Assert.True(SshPublicKey.IsKey(line));
        Assert.True(SshPublicKey.IsKey(string.Join(' ', line.Split(' ')[..2])));
    }

    [Theory]
    [InlineData("cut short", "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAICxLE19E0vVqCsVDPAydxvFGZD2J+FKmH8P7LPYsBoA=")]
    [InlineData("more behind it", "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHAAAABG1vcmU= x")]
    [InlineData("31 bytes", "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAHwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc= x")]
    [InlineData("another kind inside", "ssh-rsa AAAAC3NzaC1lZDI1NTE5AAAAICxLE19E0vVqCsVDPAydxvFGZD2J+FKmH8P7LPYsBoDm")]
    [InlineData("RSA of 768 bits", "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAAAYQD///////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////8= x")]
    [InlineData("a negative modulus", "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAP////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////8= x")]
    [InlineData("a padded modulus", "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQB///////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////// x")]
    [InlineData("an empty exponent", "ssh-rsa AAAAB3NzaC1yc2EAAAAAAAABAQD///////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////// x")]
    [InlineData("a zero exponent", "ssh-rsa AAAAB3NzaC1yc2EAAAABAAAAAQEA/////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////w== x")]
    [InlineData("another curve", "ecdsa-sha2-nistp256 AAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAAIbmlzdHAzODQAAABBBAEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE= x")]
    [InlineData("a compressed point", "ecdsa-sha2-nistp256 AAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAAIbmlzdHAyNTYAAAAhAgEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEB x")]
    [InlineData("a point of another form", "ecdsa-sha2-nistp256 AAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAAIbmlzdHAyNTYAAABBAgEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE= x")]
    [InlineData("no application", "sk-ssh-ed25519@openssh.com AAAAGnNrLXNzaC1lZDI1NTE5QG9wZW5zc2guY29tAAAAIAcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcH x")]
    [InlineData("a certificate", "ssh-ed25519-cert-v01@openssh.com AAAAIHNzaC1lZDI1NTE5LWNlcnQtdjAxQG9wZW5zc2guY29tAAAAIAcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcH x")]
    [InlineData("a length past the end", "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5/////wcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcH")]
    public void A_key_that_is_not_sound_to_its_last_byte_is_none(string why, string line) => Assert.False(SshPublicKey.IsKey(line), why);

    [Theory]
    [InlineData("")]
    [InlineData("ssh-ed25519")]
    [InlineData("ssh-ed25519 ")]
    [InlineData("ssh-ed25519 AAAA")]
    [InlineData("ssh-ed25519 !!!!")]
    [InlineData("command=\"sh\" " + Ed25519)]
    [InlineData("# " + Ed25519)]
    [InlineData(Ed25519 + "\n" + Ed25519)]
    [InlineData(Ed25519 + " a\rb")]
    [InlineData(Ed25519 + " a\0b")]
    [InlineData(Ed25519 + " a\u0085b")]
    [InlineData(Ed25519 + " a\u2028b")]
    [InlineData("-----BEGIN OPENSSH PRIVATE KEY-----")]
    public void What_would_be_more_or_less_than_one_line_with_a_key_is_none(string text) => Assert.False(SshPublicKey.IsKey(text));

    [Fact]
    public void A_comment_may_be_as_long_as_OpenSSH_reads_and_hold_blanks()
    {
        Assert.True(SshPublicKey.IsKey(Ed25519 + "  ada at home "));
        Assert.True(SshPublicKey.IsKey(Ed25519 + " " + new string('x', SshPublicKey.Longest - Ed25519.Length - 1)));
        Assert.False(SshPublicKey.IsKey(Ed25519 + " " + new string('x', SshPublicKey.Longest - Ed25519.Length)));
    }
}
