using CsCheck;
using Latchkey.Core.Authorization;
using Latchkey.Core.Consent;
using Latchkey.Protocol;

namespace Latchkey.Core.Tests.Consent;

[Spec("AZ-29")]
public sealed class ConsentAnswerTests
{
    private static readonly Gen<string> Box = Gen.OneOf(
        "linodes:read_only", "linodes:read_write", "linodes:*", "domains:read_only", "domains:*", "shops:read_only", "shops:*", "*",
        "openid", "offline_access", "urn:example:x", "", " ", "linodes:*,domains:*", "linodes:* domains:*", "\"", "\u0000", "account:*");

    private static readonly Gen<string[]> Boxes = Box.Array[0, 8];

    private static readonly Gen<ScopeSet> Set = Boxes.Select(boxes => ScopeSet.Create([.. boxes.Where(b => Scope.TryParse(b, out _)).Select(Scope.Parse)]));

    [Theory]
    [InlineData("linodes:read_write domains:read_only", "linodes:read_write domains:read_only", "linodes:read_write domains:read_only", "all of it")]
    [InlineData("linodes:read_write domains:read_only", "domains:read_only", "domains:read_only", "one of two")]
    [InlineData("linodes:read_write domains:read_only", "", "", "nothing")]
    [InlineData("linodes:read_write", "linodes:read_only", "linodes:read_only", "a lower level")]
    [InlineData("linodes:read_write", "linodes:read_write linodes:read_only", "linodes:read_only", "both levels: the lower one counts")]
    [InlineData("linodes:read_write", "linodes:read_only linodes:read_write", "linodes:read_only", "in either order")]
    [InlineData("linodes:read_only", "linodes:*", "linodes:read_only", "more than was asked")]
    [InlineData("linodes:read_only", "*", "linodes:read_only", "everything")]
    [InlineData("linodes:read_only", "domains:read_only", "", "something else")]
    [InlineData("*", "*", "*", "everything, as asked")]
    [InlineData("*", "linodes:read_only", "linodes:read_only", "a part of everything")]
    [InlineData("openid linodes:read_only", "linodes:read_only", "linodes:read_only", "without an identity scope")]
    [InlineData("openid", "*", "", "everything is no identity scope")]
    public void What_the_ticked_boxes_grant(string asked, string ticked, string granted, string why) =>
        Assert.True(
            ScopeSet.Parse(granted) == ConsentAnswer.Granted(new(ScopeSet.Parse(asked), ScopeSet.Empty), ticked.Split(' ')), why);

    [Fact]
    public void Unticking_all_leaves_what_was_granted_before() =>
        Gen.Select(Set, Set).Sample((asked, already) => ConsentAnswer.Granted(new(asked, already), []) == already);

    [Fact]
    public void Never_more_than_was_asked_and_granted_before() => Gen.Select(Set, Set, Boxes).Sample((asked, already, ticked) =>
        asked.Union(already).Covers(ConsentAnswer.Granted(new(asked, already), ticked)));

    [Fact]
    public void Never_less_than_was_granted_before() => Gen.Select(Set, Set, Boxes).Sample((asked, already, ticked) =>
        ConsentAnswer.Granted(new(asked, already), ticked).Covers(already));

    [Fact]
    public void Never_more_than_was_ticked() => Gen.Select(Set, Boxes).Sample((asked, ticked) =>
        ScopeSet.Create([.. ticked.Where(t => Scope.TryParse(t, out _)).Select(Scope.Parse)]).Covers(ConsentAnswer.Granted(new(asked, ScopeSet.Empty), ticked)));

    [Fact]
    public void Ticking_every_box_as_it_was_asked_grants_it_all() => Set.Sample(asked =>
        ConsentAnswer.Granted(new(asked, ScopeSet.Empty), asked.Select(s => s.Text)) == asked);

    [Fact]
    public void A_lower_box_ticked_besides_never_raises_a_level() => Gen.Select(Set, Boxes).Sample((asked, ticked) =>
        ConsentAnswer.Granted(new(asked, ScopeSet.Empty), [.. ticked.Where(t => t != "*"), "linodes:read_only"]).LevelOf("linodes") <= ScopeLevel.ReadOnly);

    [Fact]
    public void The_order_of_the_boxes_does_not_matter() => Gen.Select(Set, Boxes).Sample((asked, ticked) =>
        ConsentAnswer.Granted(new(asked, ScopeSet.Empty), ticked) == ConsentAnswer.Granted(new(asked, ScopeSet.Empty), ticked.Reverse()));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("linodes:*,domains:*")]      // one box is one scope
    [InlineData("linodes:* domains:*")]
    [InlineData("\"")]
    [InlineData("<script>\u0001")]
    public void A_box_that_is_no_scope_grants_nothing(string? box) =>
        Assert.True(ConsentAnswer.Granted(new(ScopeSet.Everything, ScopeSet.Empty), [box!]).IsEmpty);

    [Fact]
    [Spec("XI-01")]
    public void Ten_thousand_boxes_are_read_like_two()
    {
        var boxes = Enumerable.Range(0, 10_000).Select(n => $"f{n}:*").Append("linodes:read_only");

        Assert.Equal(
            ScopeSet.Parse("linodes:read_only"), ConsentAnswer.Granted(new(ScopeSet.Parse("linodes:*"), ScopeSet.Empty), boxes));
    }
}
