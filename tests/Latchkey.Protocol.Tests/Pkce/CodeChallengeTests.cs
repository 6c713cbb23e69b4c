using CsCheck;

namespace Latchkey.Protocol.Tests.Pkce;

[Spec("RFC7636-4.2")]
public sealed class CodeChallengeTests
{
    private const string Verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    private const string Challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

    [Fact]
    public void The_example_of_the_specification_holds()
    {
        // RFC 7636 appendix B
        Assert.True(CodeVerifier.TryParse(Verifier, out var verifier));
        Assert.True(CodeChallenge.TryParse(Challenge, out var challenge));

        Assert.Equal(Challenge, CodeChallenge.Of(verifier).Text);
        Assert.True(challenge.IsAnsweredBy(verifier));
        Assert.Equal("S256", CodeChallenge.Method);
    }

    [Fact]
    [Spec("RFC7636-4.6"), Spec("TK-25")]
    public void Only_its_own_verifier_answers_a_challenge()
    {
        Assert.True(CodeChallenge.TryParse(Challenge, out var challenge));

        foreach (var wrong in new[] { Challenge, Verifier.ToUpperInvariant(), Verifier + "a", CodeVerifier.Generate().Reveal() })
        {
            Assert.True(CodeVerifier.TryParse(wrong, out var verifier));
            Assert.False(challenge.IsAnsweredBy(verifier));
        }
    }

    [Fact]
    public void Every_verifier_answers_its_challenge_and_the_challenge_reads_back() =>
        Gen.Char["ABCxyz019-._~"].Array[43, 128].Select(c => new string(c)).Sample(text =>
            CodeVerifier.TryParse(text, out var verifier)
            && CodeChallenge.TryParse(CodeChallenge.Of(verifier).Text, out var challenge)
            && challenge == CodeChallenge.Of(verifier)
            && challenge.IsAnsweredBy(verifier));

    [Theory]
    [InlineData(0)]
    [InlineData(42)]
    [InlineData(44)]
    [InlineData(129)]
    [Spec("AZ-27")]
    public void A_challenge_has_43_characters(int length) =>
        Assert.False(CodeChallenge.TryParse(new string('a', length), out _));

    [Fact]
    [Spec("AZ-27")]
    public void A_challenge_is_base64url_without_padding()
    {
        for (var c = '\0'; c < 256; c++)
        {
            var base64Url = char.IsAsciiLetterOrDigit(c) || c is '-' or '_';
            Assert.True(CodeChallenge.TryParse(new string('a', 42) + c, out _) == base64Url, $"U+{(int)c:X4}");
        }

        Assert.False(CodeChallenge.TryParse(null, out _));
    }
}
