using System.Diagnostics.Metrics;
using Latchkey.LoginServer.Telemetry;
using Latchkey.LoginServer.Tests.Tokens;
using Latchkey.Protocol;

namespace Latchkey.LoginServer.Tests.Telemetry;

public sealed class LoginServerTelemetryTests : IAsyncLifetime
{
    private BackChannel _server = null!;
    private Measurements _measured = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await BackChannel.StartAsync();
        _measured = new Measurements(_server.Get<IMeterFactory>(), "latchkey.token.");
    }

    public ValueTask DisposeAsync()
    {
        _measured.Dispose();
        return _server.DisposeAsync();
    }

    [Fact]
    public async Task Tokens_are_counted_by_what_they_were_issued_for_and_a_repeated_answer_once()
    {
        var tokens = await _server.IssueTokensAsync();
        Assert.Equal(["latchkey.token.issued 1 grant_type=authorization_code"], _measured.Take());

        await _server.RefreshAsync(tokens.Text("refresh_token"));
        await _server.RefreshAsync(tokens.Text("refresh_token"));
        Assert.Equal(["latchkey.token.issued 1 grant_type=refresh_token"], _measured.Take());
    }

    [Fact]
    public async Task Refusals_are_counted_by_reason_and_endpoint()
    {
        await _server.PostAsync("/oauth/token", _server.App, ("client_secret", "wrong"), ("grant_type", "refresh_token"));
        await _server.RefreshAsync("nonsense");
        await _server.RevokeAsync("");
        await _server.PostAsync("/oauth/introspect", _server.App, ("client_secret", "wrong"), ("token", "x"));
        await _server.SendAsync("/oauth/authorize?client_id=nobody", content: null, method: HttpMethod.Get);
        await _server.SendAsync(
            $"/oauth/authorize?client_id={_server.App.Client.Id}&redirect_uri=https://app.example/cb&response_type=token", content: null, method: HttpMethod.Get);

        Assert.Equal(
            [
                "latchkey.token.refused 1 reason=invalid_client endpoint=token",
                "latchkey.token.refused 1 reason=invalid_grant endpoint=token",
                "latchkey.token.refused 1 reason=invalid_request endpoint=revoke",
                "latchkey.token.refused 1 reason=invalid_client endpoint=introspect",
                "latchkey.token.refused 1 reason=invalid_request endpoint=authorize",
                "latchkey.token.refused 1 reason=unsupported_response_type endpoint=authorize",
            ],
            _measured.Take());
    }

    [Fact, Spec("LX-01")]
    public async Task Nothing_a_stranger_sends_becomes_a_tag()
    {
        await _server.PostAsync("/oauth/token", _server.App, ("grant_type", "sesame"));
        await _server.PostAsync("/oauth/token", _server.App, ("client_id", "sesame"), ("grant_type", "refresh_token"));
        await _server.SendAsync("/oauth/authorize?client_id=sesame&state=sesame", content: null, method: HttpMethod.Get);

        var measured = _measured.Take();
        Assert.Equal(3, measured.Count);
        Assert.DoesNotContain(measured, m => m.Contains("sesame", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_is_used_again_is_counted_by_kind()
    {
        var code = await _server.IssueCodeAsync();
        await _server.RedeemAsync(code);
        await _server.RedeemAsync(code);
        Assert.Contains("latchkey.token.reused 1 kind=code", _measured.Take());

        var tokens = await _server.IssueTokensAsync();
        await _server.RefreshAsync(tokens.Text("refresh_token"));
        _server.Clock.Advance(TimeSpan.FromMinutes(2));
        await _server.RefreshAsync(tokens.Text("refresh_token"));
        Assert.Contains("latchkey.token.reused 1 kind=refresh_token", _measured.Take());
    }

    [Fact]
    public void Counting_for_nobody_allocates_nothing()
    {
        _measured.Dispose();
        var telemetry = _server.Get<LoginServerTelemetry>();
        Count(telemetry);
        var before = GC.GetAllocatedBytesForCurrentThread();

        Count(telemetry);

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    private static void Count(LoginServerTelemetry telemetry)
    {
        for (var i = 0; i < 100; i++)
        {
            telemetry.Issued(GrantTypes.RefreshToken);
            telemetry.Refused(LoginServerTelemetry.Token, OAuthErrors.InvalidGrant);
            telemetry.Reused(OAuthParameters.Code);
        }
    }
}
