using Latchkey.Core.Grants;
using Latchkey.Protocol;
namespace Latchkey.Storage.Tests.Grants;
public sealed class SmokeTests
{
    [Fact]
    public async Task Smoke()
    {
        await using var s = await TestStorage.CreateAsync();
        var sw = System.Diagnostics.Stopwatch.StartNew();
        var user = await s.AddUserAsync();
        var client = await s.AddClientAsync();
        var g = await s.InsertAsync(user, client.Id);
        Assert.Equal(g, await s.ReadAsync(g.Id));
        Assert.True(await s.Grants.ApplyAsync(new GrantWrite.Redeem(g.Id, s.Clock.GetUtcNow(), s.Clock.GetUtcNow().AddDays(1))));
        Assert.True(await s.Accounts.DisableAsync(user));
        Assert.Equal(RevocationReason.UserEnded, (await s.ReadAsync(g.Id)).RevokedWhy);
        Assert.NotNull(s.KeyRing.Current);
        Assert.Equal(1, s.Number("select uid from users"));
    }
}
