namespace Latchkey.Protocol.Tests.Pkce;

[Spec("RFC7636-4.1")]
public sealed class CodeVerifierTests
{
    [Theory]
    [InlineData(42, false)]
    [InlineData(43, true)]
    [InlineData(86, true)]      // what Linode's Cloud Manager sends
    [InlineData(128, true)]
    [InlineData(129, false)]
    [InlineData(0, false)]
    [Spec("TK-25")]
    public void A_verifier_has_43_to_128_characters(int length, bool valid) =>
        Assert.Equal(valid, CodeVerifier.TryParse(new string('a', length), out _));

    [Fact]
    public void A_verifier_is_made_of_unreserved_characters()
    {
        for (var c = '\0'; c < 256; c++)
        {
            var unreserved = char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '_' or '~';
            Assert.True(CodeVerifier.TryParse(new string('a', 42) + c, out _) == unreserved, $"U+{(int)c:X4}");
        }
    }

    [Fact]
    public void No_text_is_no_verifier() => Assert.False(CodeVerifier.TryParse(null, out _));

    [Fact]
    [Spec("CL-05")]
    public void A_new_verifier_is_valid_and_new_each_time()
    {
        var made = Enumerable.Range(0, 1000).Select(_ => CodeVerifier.Generate().Reveal()).ToList();

        Assert.All(made, text => Assert.True(CodeVerifier.TryParse(text, out _)));
        Assert.Equal(1000, made.Distinct().Count());
        Assert.All(made, text => Assert.Equal(43, text.Length));
    }
}
