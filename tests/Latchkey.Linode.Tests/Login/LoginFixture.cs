using Latchkey.Linode;
using Microsoft.Extensions.Time.Testing;

namespace Latchkey.Linode.Tests.Login;

/// <summary>A login client over a fake network, with its own clock.</summary>
internal sealed class LoginFixture
{
    public const string TokenJson =
        """{"access_token":"lka-access","token_type":"bearer","expires_in":7200,"scope":"linodes:read_only","scopes":"linodes:read_only","refresh_token":"lkr-refresh"}""";

    public LoginFixture(string? server = null, string? secret = "the-secret")
    {
        Network = new FakeNetwork { Clock = Clock };
        Client = new LinodeLoginClient("the-client", secret, server is null ? null : new Uri(server), Network, Clock);
    }

    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));

    public FakeNetwork Network { get; }

    public LinodeLoginClient Client { get; }

    public LoginRequest Begin() => Client.GenerateLoginUrl(OAuthScopes.All, new Uri("https://app.example/callback"));

    public static Uri Back(string query) => new("https://app.example/callback?" + query);
}
