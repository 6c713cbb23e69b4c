using System.Net;

namespace Latchkey.Faults.Tests.Sqlite;

/// <summary>What was answered is durable: a kill right after the answer loses none of it.</summary>
public sealed class KillTests
{
    private const int Kills = 21;

    [Fact]
    [Spec("F-01")]
    public async Task A_kill_right_after_an_answer_loses_no_redemption_refresh_or_revocation()
    {
        using var directory = new TempDirectory();
        var server = await RunningServer.ServeAsync(directory.Data);
        using var app = await App.RegisterAsync(directory.Data, "survivor");
        try
        {
            for (var i = 0; i < Kills; i++)
            {
                app.Issuer = server.Issuer;
                var holds = (i % 3) switch
                {
                    0 => await RedeemAsync(app),
                    1 => await RefreshAsync(app),
                    _ => await RevokeAsync(app),
                };
                await server.KillAsync();
                await server.DisposeAsync();
                server = await RunningServer.ServeAsync(directory.Data);
                app.Issuer = server.Issuer;
                await holds();
            }
        }
        finally
        {
            await server.DisposeAsync();
        }
    }

    private static async Task<Func<Task>> RedeemAsync(App app)
    {
        var authorization = await app.AuthorizeAsync();
        var (access, _) = App.Tokens(await app.RedeemAsync(authorization));
        return async () =>
        {
            Assert.True(await app.IsActiveAsync(access), "The token of a redeemed code is lost.");

            // Had the redemption been lost, the code would be good for a second pair.
            Assert.Equal("invalid_grant", (await app.RedeemAsync(authorization)).Body.GetProperty("error").GetString());
        };
    }

    private static async Task<Func<Task>> RefreshAsync(App app)
    {
        var first = await app.LogInAsync();
        var second = App.Tokens(await app.RefreshAsync(first.Refresh));
        return async () =>
        {
            Assert.True(await app.IsActiveAsync(second.Access), "The refreshed token is lost.");
            var third = App.Tokens(await app.RefreshAsync(second.Refresh));
            Assert.NotEqual(second.Refresh, third.Refresh);
        };
    }

    private static async Task<Func<Task>> RevokeAsync(App app)
    {
        var (access, refresh) = await app.LogInAsync();
        await app.RevokeAsync(access);
        return async () =>
        {
            Assert.False(await app.IsActiveAsync(access), "A revoked token lives again.");
            Assert.Equal(HttpStatusCode.BadRequest, (await app.RefreshAsync(refresh)).Status);
        };
    }
}
