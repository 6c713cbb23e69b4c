using System.Net;
using Latchkey.LoginServer.Clients;
using Latchkey.LoginServer.Tests.Tokens;
using Latchkey.Storage.Clients;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace Latchkey.LoginServer.Tests.Clients;

/// <summary>What guessing a client's secret comes to.</summary>
[Spec("AV-01")]
public sealed class ClientThrottleTests
{
    private const string Peer = "192.0.2.7";
    private static readonly IPAddress Address = IPAddress.Parse(Peer);
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));

    [Fact]
    public async Task Whoever_guesses_a_secret_is_told_when_to_come_back_and_nobody_else_is()
    {
        await using var server = await BackChannel.StartAsync();
        var id = server.App.Client.Id;
        var right = server.App.Secret!.Reveal();
        for (var i = 0; i < 29; i++)
        {
            (await server.GuessAsync(id, "wrong", Peer)).ExpectError(HttpStatusCode.Unauthorized, "invalid_client");
        }

        (await server.GuessAsync(id, right, Peer)).ExpectError(HttpStatusCode.BadRequest, "invalid_grant");
        (await server.GuessAsync(id, "wrong", Peer)).ExpectError(HttpStatusCode.Unauthorized, "invalid_client");
        var refused = await server.GuessAsync(id, "wrong", Peer);

        refused.ExpectError(HttpStatusCode.TooManyRequests, "temporarily_unavailable");
        Assert.Equal("6", refused.Headers.GetValues("Retry-After").Single());

        // Whoever shares the address with a stranger who guesses is not locked out.
        (await server.GuessAsync(id, right, Peer)).ExpectError(HttpStatusCode.BadRequest, "invalid_grant");
        var other = await server.AddClientAsync(new NewClient { Label = "Other", RedirectUris = ["https://app.example/cb"] });
        (await server.GuessAsync(id, right, "192.0.2.8")).ExpectError(HttpStatusCode.BadRequest, "invalid_grant");
        (await server.GuessAsync(other.Client.Id, other.Secret!.Reveal(), Peer)).ExpectError(HttpStatusCode.BadRequest, "invalid_grant");
        server.Clock.Advance(TimeSpan.FromSeconds(6));
        (await server.GuessAsync(id, "wrong", Peer)).ExpectError(HttpStatusCode.Unauthorized, "invalid_client");
        (await server.GuessAsync(id, "wrong", Peer)).ExpectError(HttpStatusCode.TooManyRequests, "temporarily_unavailable");
    }

    [Fact]
    public async Task Naming_clients_that_nobody_knows_comes_to_an_end_too_and_leaves_the_known_ones_alone()
    {
        await using var server = await BackChannel.StartAsync();
        for (var i = 0; i < 120; i++)
        {
            (await server.GuessAsync($"unknown{i}", "x", Peer)).ExpectError(HttpStatusCode.Unauthorized, "invalid_client");
        }

        (await server.GuessAsync("unknown", "x", Peer)).ExpectError(HttpStatusCode.TooManyRequests, "temporarily_unavailable");

        (await server.GuessAsync(server.App.Client.Id, server.App.Secret!.Reveal(), Peer)).ExpectError(HttpStatusCode.BadRequest, "invalid_grant");
        Assert.Equal(1, server.Get<ClientThrottle>().Remembered);
    }

    [Fact]
    public async Task A_public_client_has_no_secret_to_guess_and_is_never_locked()
    {
        await using var server = await BackChannel.StartAsync();
        var open = await server.AddClientAsync(new NewClient { Label = "Open", RedirectUris = ["https://app.example/cb"], Public = true });
        for (var i = 0; i < 40; i++)
        {
            (await server.GuessAsync(open.Client.Id, "x", Peer)).ExpectError(HttpStatusCode.Unauthorized, "invalid_client");
        }
    }

    [Fact]
    public void Failures_at_once_are_counted_and_given_back_one_by_one()
    {
        var throttle = Throttle();
        Parallel.For(0, 200, _ => throttle.CountFailure(Address, "app"));

        Assert.Equal(TimeSpan.FromSeconds(6), throttle.CountFailure(Address, "app"));
        _clock.Advance(TimeSpan.FromSeconds(4));
        Assert.Equal(TimeSpan.FromSeconds(2), throttle.CountFailure(Address, "app"));
        _clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(TimeSpan.Zero, throttle.CountFailure(Address, "app"));
        Assert.Equal(TimeSpan.FromSeconds(6), throttle.CountFailure(Address, "app"));
        _clock.Advance(TimeSpan.FromDays(1));
        Assert.All(Enumerable.Range(0, 30), _ => Assert.Equal(TimeSpan.Zero, throttle.CountFailure(Address, "app")));
        Assert.NotEqual(TimeSpan.Zero, throttle.CountFailure(Address, "app"));
    }

    [Theory]
    [InlineData("192.0.2.7", "::ffff:192.0.2.7", true)]
    [InlineData("2001:db8::1", "2001:db8::ffff:1", true)]          // one customer's network
    [InlineData("2001:db8::1", "2001:db8:0:1::1", false)]
    [InlineData("127.0.0.1", "127.0.0.2", false)]
    public void A_peer_is_an_address_or_a_network_of_IPv6(string one, string other, bool same)
    {
        var throttle = Throttle();
        for (var i = 0; i < 30; i++)
        {
            throttle.CountFailure(IPAddress.Parse(one), "app");
        }

        Assert.Equal(same, throttle.CountFailure(IPAddress.Parse(other), "app") > TimeSpan.Zero);
    }

    [Fact]
    [Spec("F-14")]
    public void A_clock_that_is_set_back_locks_nobody_out()
    {
        var throttle = Throttle();
        for (var i = 0; i < 30; i++)
        {
            throttle.CountFailure(Address, "app");
        }

        _clock.AdjustTime(_clock.GetUtcNow().AddDays(-1));

        Assert.Equal(TimeSpan.Zero, throttle.CountFailure(Address, "app"));
    }

    [Fact]
    public void Memory_is_bounded_whoever_fails()
    {
        var throttle = Throttle();
        for (var i = 0; i < 3 * ClientThrottle.MaxRemembered; i++)
        {
            throttle.CountFailure(new IPAddress((uint)i), "app");
            Assert.InRange(throttle.Remembered, 0, ClientThrottle.MaxRemembered);
        }
    }

    [Fact]
    public void What_is_over_goes_first()
    {
        var throttle = Throttle();
        for (var i = 0; i < ClientThrottle.MaxRemembered; i++)
        {
            _clock.Advance(i == ClientThrottle.MaxRemembered - 10 ? TimeSpan.FromMinutes(1) : TimeSpan.Zero);
            throttle.CountFailure(new IPAddress((uint)i), "app");
        }

        Assert.Equal(10, throttle.Remembered);
    }

    private ClientThrottle Throttle() => new(_clock, Options.Create(new ClientThrottleOptions()));
}
