using Latchkey.Core.Accounts;

namespace Latchkey.Core.Tests.Accounts;

public sealed class EmailRulesTests
{
    [Theory]
    [InlineData("ada@example.com")]
    [InlineData("a@b")]
    [InlineData("ada.lovelace+linode@mail.example.co.uk")]
    [InlineData("o'brien/x=1!#$%&*?^_`{|}~-@xn--bcher-kva.example")]
    public void Plain_addresses_are_taken(string text) => Assert.True(EmailRules.IsAddress(text));

    [Theory]
    [InlineData("")]
    [InlineData("@")]
    [InlineData("ada")]
    [InlineData("ada@")]
    [InlineData("@example.com")]
    [InlineData("a@b@c")]
    [InlineData(".ada@example.com")]
    [InlineData("ada.@example.com")]
    [InlineData("a..b@example.com")]
    [InlineData("ada@example..com")]
    [InlineData("ada@-example.com")]
    [InlineData("ada@example-.com")]
    [InlineData("ada@[127.0.0.1]")]
    [InlineData("\"ada\"@example.com")]
    [InlineData("Ada <ada@example.com>")]
    [InlineData("ada@example.com\r\nBcc: eve@example.com")]
    [InlineData("ada@example.com, eve@example.com")]
    [InlineData("ada @example.com")]
    [InlineData("ada@example.com\0")]
    [InlineData("\u0430da@example.com")]
    [InlineData("ada@ex\u00e4mple.com")]
    [InlineData("ada@example_com")]
    public void What_needs_quoting_looks_like_another_or_reaches_further_is_not(string text) => Assert.False(EmailRules.IsAddress(text));

    [Fact]
    public void Length_has_an_end()
    {
        var domain = string.Join('.', Enumerable.Repeat(new string('d', 60), 3));
        Assert.True(EmailRules.IsAddress(new string('a', 64) + "@" + domain));
        Assert.False(EmailRules.IsAddress(new string('a', 65) + "@" + domain));
        Assert.True(EmailRules.IsAddress("a@" + domain + "." + new string('d', 63)));
        Assert.False(EmailRules.IsAddress("a@" + domain + "." + new string('d', 64)));
        Assert.False(EmailRules.IsAddress(new string('a', 64) + "@" + domain + ".aaaaaaaa"));
    }
}
