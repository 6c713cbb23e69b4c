using Latchkey.Linode;

namespace Latchkey.Linode.Tests.Api;

public sealed class CatalogueTests
{
    private readonly FakeNetwork _api = new();

    [Fact]
    public async Task A_plan_is_read()
    {
        _api.Answers("""{"id":"g6-nanode-1","label":"Nanode 1GB","price":{"hourly":0.0075,"monthly":5.0},"addons":{"backups":{"price":{"hourly":0.003}}},"memory":1024,"disk":25600,"transfer":1000,"vcpus":1,"gpus":0,"network_out":1000,"class":"nanode","successor":null}""");

        var type = await Client().Linodes.Types.GetAsync("g6-nanode-1", TestContext.Current.CancellationToken);

        Assert.Equal((1024, 25600, 0.0075m, 5.0m, "nanode"), (type.Memory, type.Disk, type.Price.Hourly, type.Price.Monthly, type.Class));
    }

    [Fact]
    public async Task An_image_is_read_and_the_slash_in_its_id_stays()
    {
        _api.Answers("""{"id":"linode/debian12","label":"Debian 12","vendor":"Debian","created":"2026-01-01T00:00:00","eol":"2028-06-10T04:00:00Z","expiry":null,"is_public":true,"size":1500,"status":"available","type":"manual"}""");

        var image = await Client().Images.GetAsync("linode/debian12", TestContext.Current.CancellationToken);

        Assert.Equal("/v4/images/linode/debian12", Assert.Single(_api.Sent).Uri.AbsolutePath);
        Assert.True(image.IsPublic);
        Assert.Null(image.Expiry);
        Assert.Equal(TimeSpan.Zero, image.Eol!.Value.Offset);
    }

    [Theory]
    [InlineData("{\"oneOf\":\"a,b\",\"manyOf\":\"c\"}")]
    [InlineData("{\"oneof\":\"a,b\",\"manyof\":\"c\"}")]
    public async Task A_StackScript_is_read_with_what_it_asks(string choices)
    {
        _api.Answers($$"""{"id":10,"username":"ann","label":"web","images":["linode/debian12"],"is_public":true,"mine":false,"script":"#!/bin/bash","created":"2026-01-01T00:00:00","updated":"2026-01-01T00:00:00","user_defined_fields":[{"name":"host","label":"Host","default":"x",{{choices[1..]}}]}""");

        var field = Assert.Single((await Client().Linodes.StackScripts.GetAsync(10, TestContext.Current.CancellationToken)).UserDefinedFields);

        Assert.Equal(("host", "Host", "x", "a,b", "c"), (field.Name, field.Label, field.Default, field.OneOf, field.ManyOf));
    }

    [Fact]
    public async Task A_profile_is_read()
    {
        _api.Answers("""{"username":"ann","email":"ann@example.org","uid":1234567890123,"timezone":"GMT","restricted":true,"two_factor_auth":true,"authorized_keys":null}""");

        var profile = await Client().Profile.GetAsync(TestContext.Current.CancellationToken);

        Assert.Equal(("ann", "ann@example.org", 1234567890123L, true, true), (profile.Username, profile.Email, profile.Uid, profile.Restricted, profile.TwoFactorAuth));
    }

    [Theory]
    [InlineData("../account")]
    [InlineData("a/../../account")]
    [InlineData("a//b")]
    [InlineData("")]
    public async Task An_id_cannot_climb_to_another_path(string id)
    {
        await Assert.ThrowsAnyAsync<ArgumentException>(() => Client().Images.GetAsync(id, TestContext.Current.CancellationToken));
        Assert.Empty(_api.Sent);
    }

    [Fact]
    public async Task An_id_cannot_become_a_query()
    {
        _api.Answers("{}");

        await Client().Regions.GetAsync("a?b=c#d", TestContext.Current.CancellationToken);

        Assert.Equal("https://api.linode.com/v4/regions/a%3Fb%3Dc%23d", Assert.Single(_api.Sent).Uri.AbsoluteUri);
    }

    private LinodeClient Client() => new("the-token", handler: _api);
}
