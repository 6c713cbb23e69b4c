using Latchkey.Core.Clients;

namespace Latchkey.Core.Tests.Clients;

/// <summary>What an app may be called on the page where people decide about it.</summary>
public sealed class LabelRulesTests
{
    [Theory]
    [InlineData("Install on Linode")]
    [InlineData("Caf\u00E9 \U0001F511")]
    [InlineData("Vie\u0302\u0323t")]
    [InlineData("\u05D1\u05BC\u05B0\u05A3")]
    public void Names_of_any_script_are_readable(string label) => Assert.True(LabelRules.IsReadable(label));

    [Theory]
    [InlineData("\u2800\u2800", "braille without a dot")]
    [InlineData("\u3164", "a filler, by its category a letter")]
    [InlineData("My\u034Fapp", "a joiner that nobody sees")]
    [InlineData("\u0301", "a mark on nothing")]
    [InlineData("Z\u0301\u0301\u0301\u0301", "marks that pile up over the lines above")]
    [InlineData("My\u202Eapp", "an override of the direction")]
    public void What_hides_or_draws_over_others_is_not(string label, string why) => Assert.False(LabelRules.IsReadable(label), why);
}
