using System.Globalization;
using System.Net;
using Latchkey.Linode;
using Microsoft.Extensions.Time.Testing;

namespace Latchkey.Linode.Tests.Api;

public sealed class RetryTests
{
    private readonly FakeTimeProvider _clock = new();
    private readonly FakeNetwork _api;

    public RetryTests() => _api = new FakeNetwork { Clock = _clock };

    [Theory]
    [InlineData(408)]
    [InlineData(429)]
    [InlineData(503)]
    public async Task A_busy_server_is_asked_again_when_it_said(int status)
    {
        _api.Answers("{}", (HttpStatusCode)status, ("Retry-After", "3")).Answers("""{"username":"ann"}""");

        var profile = await _clock.UntilDoneAsync(Client().Profile.GetAsync(TestContext.Current.CancellationToken));

        Assert.Equal("ann", profile.Username);
        Assert.True(_api.Sent[1].At - _api.Sent[0].At >= TimeSpan.FromSeconds(3));
    }

    [Fact]
    public async Task It_is_not_asked_for_ever()
    {
        for (var i = 0; i < 4; i++)
        {
            _api.Answers("""{"errors":[{"reason":"Too many requests"}]}""", HttpStatusCode.TooManyRequests, ("Retry-After", "1"));
        }

        var error = await Assert.ThrowsAsync<LinodeApiException>(() =>
            _clock.UntilDoneAsync(Client().Profile.GetAsync(TestContext.Current.CancellationToken)));

        Assert.Equal(4, _api.Sent.Count);
        Assert.Equal(TimeSpan.FromSeconds(1), error.RetryAfter);
    }

    [Fact]
    public async Task A_body_is_sent_again_whole()
    {
        _api.Answers("{}", HttpStatusCode.TooManyRequests, ("Retry-After", "1")).Answers("""{"id":1}""");

        await _clock.UntilDoneAsync(Client().Linodes.Instances.CreateAsync(
            new CreateInstanceRequest { Region = "r", Type = "t", Image = "i" }, TestContext.Current.CancellationToken));

        Assert.Equal(_api.Sent[0].Body, _api.Sent[1].Body);
        Assert.NotEmpty(_api.Sent[0].Body);
    }

    [Theory]
    [InlineData("X-Maintenance-Mode", "1")]
    [InlineData("Retry-After", "3600")]
    public async Task Nobody_waits_for_maintenance_or_an_hour(string header, string value)
    {
        _api.Answers("{}", HttpStatusCode.ServiceUnavailable, (header, value));

        await Assert.ThrowsAsync<LinodeApiException>(() =>
            _clock.UntilDoneAsync(Client().Profile.GetAsync(TestContext.Current.CancellationToken)));

        Assert.Single(_api.Sent);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(404)]
    [InlineData(500)]
    [InlineData(502)]
    public async Task Other_errors_are_not_sent_again(int status)
    {
        _api.Answers("""{"errors":[{"reason":"x"}]}""", (HttpStatusCode)status);

        await Assert.ThrowsAsync<LinodeApiException>(() =>
            _clock.UntilDoneAsync(Client().Profile.GetAsync(TestContext.Current.CancellationToken)));

        Assert.Single(_api.Sent);
    }

    [Fact]
    public async Task Reading_survives_a_broken_connection()
    {
        _api.Breaks().Answers("""{"username":"ann"}""");

        Assert.Equal("ann", (await _clock.UntilDoneAsync(Client().Profile.GetAsync(TestContext.Current.CancellationToken))).Username);
    }

    [Fact]
    public async Task A_connection_that_is_reset_at_once_is_a_broken_one_too()
    {
        _api.ResetsTheConnection().Answers("""{"username":"ann"}""");

        Assert.Equal("ann", (await _clock.UntilDoneAsync(Client().Profile.GetAsync(TestContext.Current.CancellationToken))).Username);
    }

    [Fact]
    public async Task A_body_that_stalls_is_no_answer()
    {
        _api.Does(_ => Task.FromResult(new HttpResponseMessage { Content = new StalledBody() }));

        await Assert.ThrowsAsync<HttpRequestException>(() => _clock.UntilDoneAsync(Client().Linodes.Instances.CreateAsync(
            new CreateInstanceRequest { Region = "r", Type = "t" }, TestContext.Current.CancellationToken)));
    }

    [Fact]
    public async Task A_moment_that_has_passed_asks_for_no_wait()
    {
        _api.Answers("{}", HttpStatusCode.BadRequest, ("Retry-After", "Thu, 01 Jan 1970 00:00:00 GMT"));

        var error = await Assert.ThrowsAsync<LinodeApiException>(() => Client().Profile.GetAsync(TestContext.Current.CancellationToken));

        Assert.Equal(TimeSpan.Zero, error.RetryAfter);
    }

    [Fact]
    public async Task A_moment_to_come_is_as_far_away_as_the_clients_clock_says()
    {
        var moment = _clock.GetUtcNow().AddSeconds(30).ToString("r", CultureInfo.InvariantCulture);
        _api.Answers("{}", HttpStatusCode.BadRequest, ("Retry-After", moment));

        var error = await Assert.ThrowsAsync<LinodeApiException>(() => Client().Profile.GetAsync(TestContext.Current.CancellationToken));

        Assert.Equal(TimeSpan.FromSeconds(30), error.RetryAfter);
    }

    [Fact]
    public async Task A_Linode_is_not_made_twice_by_a_broken_connection()
    {
        _api.Breaks();

        await Assert.ThrowsAsync<HttpRequestException>(() => _clock.UntilDoneAsync(Client().Linodes.Instances.CreateAsync(
            new CreateInstanceRequest { Region = "r", Type = "t" }, TestContext.Current.CancellationToken)));

        Assert.Single(_api.Sent);
    }

    private LinodeClient Client() => new("the-token", handler: _api, clock: _clock);
}
